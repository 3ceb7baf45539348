package ornstein.cli;

import ornstein.method.Sampling;
import picocli.CommandLine.Option;

/// `--sampling`: how the examples of batches are drawn.
final class SamplingOption {
    @Option(
            names = "--sampling",
            paramLabel = "S",
            description = "iid; shuffle: a new partition each epoch; reorder: one partition in a new order each epoch;"
                    + " fixed: one order; reversed: an epoch, then the same backwards (default: iid).")
    private Sampling sampling = Sampling.IID;

    Sampling get() {
        return sampling;
    }
}
