package ornstein.kernel;

/// Where a row is to be found: of reals, or (`Index`, `Words`) of words.
sealed interface Place {
    record Row(int number) implements Place {}

    /// Normal number `number` of the step.
    record Normal(int number) implements Place {}

    /// Uniform number `number` of the step.
    record Uniform(int number) implements Place {}

    /// Example number `slot` of the batches of the step.
    record Index(int slot) implements Place {}

    record Words(int number) implements Place {}
}
