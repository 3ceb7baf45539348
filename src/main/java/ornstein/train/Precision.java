package ornstein.train;

/// Floating-point type of parameters, activations and gradients.
public enum Precision {
    F32,
    F64
}
