package ornstein.run;

/// How far a piece of work is, told on standard error. Safe for threads.
public interface Progress extends AutoCloseable {
    /// `amount` more units of work are done.
    void step(long amount);

    /// A line that stays, such as a warning.
    void note(String message);

    @Override
    void close();

    /// Tells nothing.
    static Progress silent() {
        return new Progress() {
            @Override
            public void step(long amount) {}

            @Override
            public void note(String message) {}

            @Override
            public void close() {}
        };
    }

    /// A bar on a terminal (the launcher says whether standard error is one), a line at most every ten seconds
    /// elsewhere.
    ///
    /// @param task what is done, one or two words
    /// @param unit plural of what is counted: `steps`
    /// @param total units of all the work
    /// @param before units done by an earlier attempt, which do not count for the estimate
    static Progress start(String task, String unit, long total, long before) {
        return Boolean.getBoolean("ornstein.terminal")
                ? new BarProgress(task, unit, total, before)
                : new LineProgress(task, unit, total, before, System.err, System::nanoTime);
    }
}
