package ornstein.tornado;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ornstein.device.DevicePaths;
import ornstein.device.PathsPlan;
import ornstein.kernel.DeviceCode;
import ornstein.kernel.DeviceControl;
import ornstein.kernel.Precision;
import uk.ac.manchester.tornado.api.DataRange;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task6;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task7;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/// The arrays of paths and the kernels over them (step, observables, distances, sums, counts) as one task
/// graph. Kernels look into the control array for what is to be done, so that everything stays where it is
/// between calls. TornadoVM forgets what it compiled for a plan when the plan's memory is given back, so that is kept
/// until the end, and a [Refill] starts paths anew.
final class PathsGraph {
    /// Steps of one call at most, as far as numbers change with the step.
    static final int SEGMENT = 256;

    private static final int GROUP = 128;
    private static final int SUMS_GROUP = 64;
    /// TornadoVM takes properties that begin with this name for its own.
    private static final String GRAPH = "ornsteinPaths";

    private static final int PATHS = 0;
    private static final int REFILL = 1;

    final IntArray control = new IntArray(DeviceControl.SIZE);
    final Reals state;
    final Reals table;
    final Reals valuesTable;
    final LongArray failed;
    final IntArray firstAlive;
    final DoubleArray sums;
    final DoubleArray shifts;
    final DoubleArray heads;
    final IntArray counts;
    final IntArray marks;
    private final PathsPlan plan;
    private final List<Object> shape;
    private final TornadoDevice device;
    private final IntArray skip;
    private final Refill refill;
    private final int[][] pairs;
    private final Reals shared;
    private final Reals columns;
    private final Reals valuesShared;
    private @Nullable TornadoExecutionPlan execution;
    private @Nullable TornadoExecutionResult result;
    private boolean broken;

    /// @param plan whose numbers come by [#numbers]
    /// @param shape what else has the same graph
    PathsGraph(PathsPlan plan, List<Object> shape, TornadoDevice device) {
        this.plan = plan;
        this.shape = shape;
        this.device = device;
        pairs = plan.quantities();
        int stride = plan.capacity();
        Precision precision = plan.step().precision();
        state = Reals.of(precision, Math.multiplyExact(plan.coordinates(), stride));
        failed = new LongArray(stride);
        skip = new IntArray(stride);
        firstAlive = new IntArray(plan.leaves());
        sums = new DoubleArray(Math.max(1, plan.leaves() * pairs.length));
        shifts = new DoubleArray(Math.max(1, plan.leaves() * pairs.length));
        heads = new DoubleArray((plan.dimension() + 1) * DevicePaths.HEAD);
        counts = new IntArray(Math.max(1, plan.sketched() * PathsPlan.PAGES * PathsPlan.PAGE));
        marks = new IntArray(plan.sketched() * PathsPlan.PAGES + plan.leaves());
        table = Reals.of(precision, plan.step().stepwise() * SEGMENT);
        shared = Reals.of(precision, plan.step().shared().length);
        columns = Reals.of(precision, plan.step().columns().length);
        DeviceCode values = plan.values();
        valuesTable = Reals.of(precision, values == null ? 1 : values.stepwise());
        valuesShared = Reals.of(precision, values == null ? 1 : values.shared().length);
        control.init(0);
        control.set(DeviceControl.STRIDE, stride);
        control.set(DeviceControl.DIMENSION, plan.dimension());
        control.set(DeviceControl.LAG_ROW, plan.observables());
        control.set(DeviceControl.QUANTITIES, pairs.length);
        control.set(DeviceControl.SKETCHED, plan.sketched());
        columns.set(plan.step().columns());
        failed.init(-1);
        skip.init(0);
        firstAlive.init(0);
        counts.init(0);
        marks.init(0);
        refill = new Refill(precision, control);
    }

    List<Object> shape() {
        return shape;
    }

    /// Whether an execution failed.
    boolean broken() {
        return broken;
    }

    /// Takes the numbers of a plan of this shape.
    void numbers(PathsPlan of) {
        shared.set(of.step().shared());
        if (of.values() != null) valuesShared.set(of.values().shared());
    }

    /// Puts the paths on the device at their start.
    ///
    /// @param again whether those that have failed are left out of the statistics
    void begin(boolean again) {
        failed.init(-1);
        if (execution == null) execution = build();
        if (result == null) return; // the first execution takes all arrays there
        TornadoExecutionPlan begun = execution;
        begun.withGraph(REFILL);
        refill.run(state, plan.coordinates() * plan.capacity(), again, () -> execute(begun));
        begun.withGraph(PATHS);
    }

    void execute() {
        result = execute(requireNonNull(execution, "begin comes first"));
    }

    private TornadoExecutionResult execute(TornadoExecutionPlan begun) {
        boolean fine = false;
        try {
            TornadoExecutionResult executed = begun.execute();
            fine = true;
            return executed;
        } finally {
            broken |= !fine;
        }
    }

    /// Brings arrays back from the device.
    void fetch(Object... arrays) {
        requireNonNull(result, "nothing was executed").transferToHost(arrays);
    }

    /// Brings a part of an array back.
    void fetch(IntArray array, long from, long size) {
        requireNonNull(result, "nothing was executed")
                .transferToHost(new DataRange(array).withOffset(from).withSize(size));
    }

    /// Gives the device's memory back.
    void close() {
        TornadoExecutionPlan old = execution;
        execution = null;
        result = null;
        if (old == null) return;
        try {
            old.withAllGraphs();
            old.freeDeviceMemory();
            old.close();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException("the device's memory could not be given back", e);
        }
    }

    @SuppressWarnings("unchecked")
    private TornadoExecutionPlan build() {
        int stride = plan.capacity();
        DoubleArray values = new DoubleArray(Math.max(1, plan.rows() * stride));
        Reals origin = Reals.of(plan.step().precision(), plan.lags() ? plan.dimension() * stride : 1);
        IntArray quantities = new IntArray(Math.max(1, 2 * pairs.length));
        for (int q = 0; q < pairs.length; q++) {
            quantities.set(2 * q, pairs[q][0]);
            quantities.set(2 * q + 1, pairs[q][1]);
        }
        KernelContext context = new KernelContext();
        GridScheduler grid = new GridScheduler();
        TaskGraph graph = new TaskGraph(GRAPH);
        List<Object> changing = new ArrayList<>(List.of(control, table.array(), shared.array()));
        List<Object> kept = new ArrayList<>(List.of(state.array(), columns.array(), failed));
        List<Object> fetched = new ArrayList<>(List.of(state.array(), failed));
        DeviceCode observables = plan.values();
        if (observables != null) {
            changing.addAll(List.of(valuesTable.array(), valuesShared.array()));
        }
        if (pairs.length > 0) {
            changing.add(firstAlive);
            kept.addAll(List.of(skip, values, quantities, sums, shifts, heads, counts, marks));
            fetched.addAll(List.of(sums, shifts, heads, counts, marks));
        }
        if (plan.lags()) kept.add(origin.array());
        graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, changing.toArray());
        graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, kept.toArray());
        var step = (Task7<KernelContext, IntArray, Object, Object, Object, Object, LongArray>)
                KernelLoader.task(plan.step());
        Object x = state.array();
        graph.task("step", step, context, control, x, shared.array(), table.array(), columns.array(), failed);
        worker(grid, "step", stride, GROUP);
        if (observables != null) {
            var evaluate = (Task6<KernelContext, IntArray, Object, Object, Object, DoubleArray>)
                    KernelLoader.task(observables);
            graph.task(
                    "values", evaluate, context, control, x, valuesShared.array(), valuesTable.array(), values);
            worker(grid, "values", stride, GROUP);
        }
        if (pairs.length > 0) statistics(graph, grid, context, values, origin, quantities);
        graph.transferToHost(DataTransferMode.UNDER_DEMAND, fetched.toArray());
        IntArray[] cleared = pairs.length > 0 ? new IntArray[] {skip, counts, marks} : new IntArray[0];
        TornadoExecutionPlan built = new TornadoExecutionPlan(
                        graph.snapshot(), refill.graph(GRAPH, grid, context, state, failed, cleared))
                .withDevice(device)
                .withGridScheduler(grid);
        built.withGraph(PATHS);
        return built;
    }

    private void statistics(
            TaskGraph graph,
            GridScheduler grid,
            KernelContext context,
            DoubleArray values,
            Reals origin,
            IntArray quantities) {
        if (state.singles() != null) {
            var s = state.singles();
            if (plan.lags()) {
                var from = requireNonNull(origin.singles());
                graph.task("distances", Sums32::ornstein_distances, context, control, s, from, values);
            }
            graph.task(
                    "sums", Sums32::ornstein_sums, context, control, s, values, skip, firstAlive, quantities, sums,
                    shifts, failed, heads);
            graph.task("counts", Sums32::ornstein_counts, context, control, s, failed, counts, marks);
        } else {
            var s = requireNonNull(state.doubles());
            if (plan.lags()) {
                var from = requireNonNull(origin.doubles());
                graph.task("distances", Sums64::ornstein_distances, context, control, s, from, values);
            }
            graph.task(
                    "sums", Sums64::ornstein_sums, context, control, s, values, skip, firstAlive, quantities, sums,
                    shifts, failed, heads);
            graph.task("counts", Sums64::ornstein_counts, context, control, s, failed, counts, marks);
        }
        if (plan.lags()) worker(grid, "distances", plan.capacity(), GROUP);
        worker(grid, "sums", plan.leaves() * pairs.length * SUMS_GROUP, SUMS_GROUP);
        worker(grid, "counts", plan.capacity(), GROUP);
    }

    private static void worker(GridScheduler grid, String task, int threads, int group) {
        WorkerGrid1D worker = new WorkerGrid1D((threads + group - 1) / group * group);
        worker.setLocalWork(group, 1, 1);
        grid.addWorkerGrid(GRAPH + "." + task, worker);
    }
}
