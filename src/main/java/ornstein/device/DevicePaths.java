package ornstein.device;

/// Paths whose states stay on a device: only statistics come back, and what is asked for. To be used by one thread.
///
/// States and flags are set on the host, [#begin] takes them to the device; [#fetchStates] and [#fetchFailures] bring
/// them back.
public interface DevicePaths extends AutoCloseable {
    /// First paths whose states come with the sums.
    int HEAD = 8;

    PathsPlan plan();

    void set(int coordinate, int i, double value);

    double get(int coordinate, int i);

    /// Sets the path, within a leaf, whose values are the leaf's shift.
    void firstAlive(int leaf, int i);

    /// The step after which a path had failed, or -1.
    long failedStep(int i);

    /// Takes the states and flags to the device; no path has failed.
    void begin(long seed, long firstPath, int paths);

    /// Takes the states to the device again, for the same paths; those that had failed are left out of the statistics.
    void beginAgain();

    /// Moves all paths on that have not failed.
    void advance(long firstStep, int steps);

    /// Takes the sums of all quantities over all leaves.
    ///
    /// @param time at which observables are evaluated
    /// @param origin whether the states are kept for two-time distances
    /// @param lag whether two-time distances are taken
    void look(double time, boolean origin, boolean lag);

    /// Sum of a quantity over a leaf, of values less the leaf's shift.
    double sum(int quantity, int leaf);

    /// The shift of a variable in a leaf.
    double shift(int variable, int leaf);

    /// A coordinate of one of the first [#HEAD] paths when sums were taken.
    double head(int coordinate, int i);

    /// The step after which one of the first [#HEAD] paths had failed when sums were taken, or -1.
    long headFailed(int i);

    /// Counts the values of coordinates in buckets, and the failed paths of each leaf; once after [#begin].
    void count();

    /// The failed paths of a leaf when paths were counted.
    int failures(int leaf);

    /// Brings the counts of a page of buckets; whether it holds any.
    ///
    /// @param page of [PathsPlan#PAGES]
    /// @param counts for [PathsPlan#PAGE] counts
    boolean page(int coordinate, int page, int[] counts);

    void fetchStates();

    void fetchFailures();

    /// Gives the paths back to the device, which keeps what it compiled for the next ones of the same shape.
    @Override
    void close();
}
