package ornstein.tornado;

import ornstein.device.DevicePaths;
import ornstein.device.PathsPlan;
import ornstein.kernel.DeviceCode;
import ornstein.kernel.DeviceControl;
import ornstein.kernel.Precision;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/// The arrays of paths that the host writes or reads, each with a copy on the device.
///
/// | array | holds |
/// |---|---|
/// | control | see [DeviceControl] |
/// | state | coordinate `c` of path `i` at `c * capacity + i` |
/// | failed | the step after which a path had failed, or -1 |
/// | skip | 1 where a path is left out of the statistics |
/// | firstAlive | the path of each leaf that gives its shifts |
/// | sums, shifts | of all quantities, by chunk and by leaf |
/// | heads | coordinates, then failed steps, of the first paths |
/// | table, valuesTable | what changes with the step, of some steps; of the observables |
final class PathsArrays {
    /// Steps of one call at most, as far as numbers change with the step.
    static final int SEGMENT = 256;

    final IntArray control = new IntArray(DeviceControl.SIZE);
    final Reals state;
    final LongArray failed;
    final IntArray skip;
    final IntArray firstAlive;
    final DoubleArray sums;
    final DoubleArray shifts;
    final DoubleArray heads;
    final Reals table;
    final Reals valuesTable;

    PathsArrays(PathsPlan plan, int quantities) {
        int stride = plan.capacity();
        Precision precision = plan.step().precision();
        state = Reals.of(precision, Math.multiplyExact(plan.coordinates(), stride));
        failed = new LongArray(stride);
        skip = new IntArray(stride);
        firstAlive = new IntArray(plan.leaves());
        skip.init(0);
        firstAlive.init(0);
        sums = new DoubleArray(Math.max(1, plan.chunks() * quantities));
        shifts = new DoubleArray(Math.max(1, plan.leaves() * quantities));
        heads = new DoubleArray((plan.dimension() + 1) * DevicePaths.HEAD);
        table = Reals.of(precision, plan.step().stepwise() * SEGMENT);
        DeviceCode values = plan.values();
        valuesTable = Reals.of(precision, values == null ? 1 : values.stepwise());
        control.init(0);
        control.set(DeviceControl.STRIDE, stride);
        control.set(DeviceControl.DIMENSION, plan.dimension());
        control.set(DeviceControl.LAG_ROW, plan.observables());
        control.set(DeviceControl.QUANTITIES, quantities);
    }
}
