package ornstein.kernel;

/// Entries of the array of integers that tells a device's kernels what to do.
public final class DeviceControl {
    /// Paths to move; 0 for none.
    public static final int PATHS = 0;
    /// Steps to do.
    public static final int STEPS = 1;
    /// Number of the first step, in two words.
    public static final int STEP_LOW = 2;

    public static final int STEP_HIGH = 3;
    /// Number of the first path, in two words.
    public static final int PATH_LOW = 4;

    public static final int PATH_HIGH = 5;
    /// The seed, in two words.
    public static final int SEED_LOW = 6;

    public static final int SEED_HIGH = 7;
    /// Distance of the coordinates of a path in the state.
    public static final int STRIDE = 8;
    /// Paths whose observables are evaluated and whose statistics are taken; 0 for none.
    public static final int LOOKED = 9;
    /// Paths whose states are kept for two-time distances.
    public static final int ORIGIN = 10;
    /// Paths whose two-time distances are taken.
    public static final int LAGGED = 11;
    /// Number of the distances' row among the values.
    public static final int LAG_ROW = 12;
    /// Coordinates of the model.
    public static final int DIMENSION = 13;
    /// Quantities whose sums are taken.
    public static final int QUANTITIES = 14;
    /// Paths whose values are counted; 0 for none.
    public static final int COUNTED = 15;
    /// Coordinates whose values are counted, the first ones.
    public static final int SKETCHED = 16;
    /// Place of the first number of a portion of states that is taken to the device, and how many.
    public static final int REFILL_FROM = 17;

    public static final int REFILLED = 18;
    /// Whether paths that have failed are left out of the statistics from now on.
    public static final int AGAIN = 19;
    /// How many entries there are.
    public static final int SIZE = 20;

    private DeviceControl() {}
}
