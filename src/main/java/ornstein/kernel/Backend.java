package ornstein.kernel;

/// What a kernel's code is made of. All give the same bits.
public enum Backend {
    /// One path at a time, `Math.fma`: the reference, and the fast choice for short runs.
    SCALAR,
    /// The Vector API: as many paths at a time as the CPU's registers have lanes.
    VECTOR
}
