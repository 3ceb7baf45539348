package ornstein.cli;

import ornstein.run.Interruption;

/// Exit codes.
public final class Exit {
    /// Done, and every claim reproduced.
    public static final int DONE = 0;
    /// A failure of ours.
    public static final int FAILED = 1;
    /// What was asked is wrong.
    public static final int WRONG = 2;
    /// Done, but not every claim reproduced or every path failed.
    public static final int UNMET = 3;
    /// Interrupted by Ctrl-C; the same command goes on.
    public static final int INTERRUPTED = Interruption.EXIT;

    private Exit() {}
}
