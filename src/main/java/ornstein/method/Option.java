package ornstein.method;

import ornstein.spec.Decimal;

/// A number that a method takes besides the step size, as `--name`.
///
/// @param about what it is, with its unit and range
public record Option(String name, double initial, double least, double most, String about) {
    public static final Option BATCH = new Option("batch", 1, 1, Integer.MAX_VALUE, "examples of a batch, B");
    public static final Option ETA = new Option(
            "eta", 0.1, Double.MIN_VALUE, Double.MAX_VALUE, "learning rate of the algorithm that a limit is of");
    public static final Option ORDER =
            new Option("order", 1, 0, 16, "number of corrections in powers of eta, 0 being gradient flow");
    public static final Option LAMBDA =
            new Option("lambda", 0, 0, Double.MAX_VALUE, "weight decay, of sgd w' = (1 - eta lambda) w - eta g");

    /// The values that are allowed, in words.
    String range() {
        if (most < Integer.MAX_VALUE) return "from " + Decimal.text(least) + " to " + Decimal.text(most);
        return least == Double.MIN_VALUE ? "positive" : "at least " + Decimal.text(least);
    }
}
