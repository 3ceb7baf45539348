package ornstein.tornado;

import static java.util.Objects.requireNonNull;

import ornstein.device.DevicePaths;
import ornstein.device.PathsPlan;
import ornstein.kernel.DeviceCode;
import ornstein.kernel.Precision;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task6;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task7;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/// The kernels of paths in one task graph: step, observables, distances, sums, as far as the plan takes them. Each looks
/// into the control array for what is to be done, so that everything else stays on the device from the first execution
/// on.
final class PathsGraph {
    private static final int GROUP = 128;
    /// TornadoVM takes properties that begin with this name for its own.
    private static final String NAME = "ornsteinPaths";

    private final PathsPlan plan;
    private final PathsArrays arrays;
    private final int[][] pairs;
    private final TaskGraph graph = new TaskGraph(NAME);
    private final GridScheduler grid = new GridScheduler();
    private final KernelContext context = new KernelContext();

    /// @param pairs the plan's quantities
    PathsGraph(PathsPlan plan, PathsArrays arrays, int[][] pairs) {
        this.plan = plan;
        this.arrays = arrays;
        this.pairs = pairs;
    }

    TornadoExecutionPlan build(TornadoDevice device) {
        Precision precision = plan.step().precision();
        PathsArrays a = arrays;
        DeviceCode observables = plan.values();
        Reals shared = Reals.of(precision, plan.step().shared());
        Reals columns = Reals.of(precision, plan.step().columns());
        Reals valuesShared = Reals.of(precision, observables == null ? new double[1] : observables.shared());
        DoubleArray values = new DoubleArray(Math.max(1, plan.rows() * plan.capacity()));
        graph.transferToDevice(
                DataTransferMode.EVERY_EXECUTION, a.control, a.table.array(), a.valuesTable.array());
        keep(a.state.array(), shared.array(), columns.array(), a.failed, values, valuesShared.array());
        step(shared, columns);
        if (observables != null) evaluate(observables, valuesShared, values);
        if (pairs.length > 0) statistics(values);
        graph.transferToHost(DataTransferMode.UNDER_DEMAND, a.state.array(), a.failed);
        return new TornadoExecutionPlan(graph.snapshot()).withDevice(device).withGridScheduler(grid);
    }

    private void keep(Object... kept) {
        graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, kept);
    }

    private void statistics(DoubleArray values) {
        PathsArrays a = arrays;
        Precision precision = plan.step().precision();
        Reals origin = Reals.of(precision, plan.lags() ? plan.dimension() * plan.capacity() : 1);
        IntArray quantities = quantities();
        keep(a.skip, a.firstAlive, origin.array(), quantities, a.sums, a.shifts, a.heads);
        if (precision == Precision.F32) statistics32(values, origin, quantities);
        else statistics64(values, origin, quantities);
        if (plan.lags()) worker("distances", plan.capacity());
        worker("sums", Math.max(DevicePaths.HEAD, plan.chunks() * pairs.length));
        graph.transferToHost(DataTransferMode.UNDER_DEMAND, a.sums, a.shifts, a.heads);
    }

    private IntArray quantities() {
        IntArray quantities = new IntArray(2 * pairs.length);
        for (int q = 0; q < pairs.length; q++) {
            quantities.set(2 * q, pairs[q][0]);
            quantities.set(2 * q + 1, pairs[q][1]);
        }
        return quantities;
    }

    @SuppressWarnings("unchecked")
    private void step(Reals shared, Reals columns) {
        var task = (Task7<KernelContext, IntArray, Object, Object, Object, Object, LongArray>)
                KernelLoader.task(plan.step());
        graph.task(
                "step",
                task,
                context,
                arrays.control,
                arrays.state.array(),
                shared.array(),
                arrays.table.array(),
                columns.array(),
                arrays.failed);
        worker("step", plan.capacity());
    }

    @SuppressWarnings("unchecked")
    private void evaluate(DeviceCode observables, Reals shared, DoubleArray values) {
        var task = (Task6<KernelContext, IntArray, Object, Object, Object, DoubleArray>)
                KernelLoader.task(observables);
        graph.task(
                "values",
                task,
                context,
                arrays.control,
                arrays.state.array(),
                shared.array(),
                arrays.valuesTable.array(),
                values);
        worker("values", plan.capacity());
    }

    private void statistics32(DoubleArray values, Reals origin, IntArray quantities) {
        PathsArrays a = arrays;
        FloatArray s = requireNonNull(a.state.singles());
        FloatArray from = requireNonNull(origin.singles());
        if (plan.lags()) {
            graph.task("distances", Sums32::ornstein_distances, context, a.control, s, from, values);
        }
        graph.task(
                "sums", Sums32::ornstein_sums, context, a.control, s, values, a.skip, a.firstAlive, quantities, a.sums,
                a.shifts, a.failed, a.heads);
    }

    private void statistics64(DoubleArray values, Reals origin, IntArray quantities) {
        PathsArrays a = arrays;
        DoubleArray s = requireNonNull(a.state.doubles());
        DoubleArray from = requireNonNull(origin.doubles());
        if (plan.lags()) {
            graph.task("distances", Sums64::ornstein_distances, context, a.control, s, from, values);
        }
        graph.task(
                "sums", Sums64::ornstein_sums, context, a.control, s, values, a.skip, a.firstAlive, quantities, a.sums,
                a.shifts, a.failed, a.heads);
    }

    private void worker(String task, int threads) {
        WorkerGrid1D worker = new WorkerGrid1D((threads + GROUP - 1) / GROUP * GROUP);
        worker.setLocalWork(GROUP, 1, 1);
        grid.addWorkerGrid(NAME + "." + task, worker);
    }
}
