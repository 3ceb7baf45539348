package ornstein.tornado;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ornstein.device.DevicePaths;
import ornstein.device.PathsPlan;
import ornstein.kernel.DeviceCode;
import ornstein.kernel.DeviceControl;
import ornstein.kernel.Precision;
import org.jspecify.annotations.Nullable;
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
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/// Paths on a device: one task graph (step, observables, distances, sums) whose kernels look into the control array for
/// what is to be done, so that everything stays where it is between calls.
final class TornadoPaths implements DevicePaths {
    private static final int GROUP = 128;
    /// TornadoVM takes properties that begin with this name for its own.
    private static final String GRAPH = "ornsteinPaths";
    /// Steps of one call at most, as far as numbers change with the step.
    private static final int SEGMENT = 256;

    private final PathsPlan plan;
    private final TornadoDevice device;
    private final int stride;
    private final int[][] pairs;
    private final Reals state;
    private final IntArray control = new IntArray(DeviceControl.SIZE);
    private final LongArray failed;
    private final IntArray skip;
    private final IntArray firstAlive;
    private final DoubleArray sums;
    private final DoubleArray shifts;
    private final DoubleArray heads;
    private final Reals table;
    private final Reals valuesTable;
    private int paths;
    private @Nullable TornadoExecutionPlan execution;
    private @Nullable TornadoExecutionResult result;

    /// An array of the precision of the states.
    private record Reals(@Nullable FloatArray singles, @Nullable DoubleArray doubles) {
        static Reals of(Precision precision, int size) {
            int n = Math.max(1, size);
            return precision == Precision.F32 ? new Reals(new FloatArray(n), null) : new Reals(null, new DoubleArray(n));
        }

        static Reals of(Precision precision, double[] numbers) {
            Reals all = of(precision, numbers.length);
            for (int i = 0; i < numbers.length; i++) all.set(i, numbers[i]);
            return all;
        }

        Object array() {
            return singles != null ? singles : requireNonNull(doubles);
        }

        void set(int i, double x) {
            if (singles != null) singles.set(i, (float) x);
            else requireNonNull(doubles).set(i, x);
        }

        double get(int i) {
            return singles != null ? singles.get(i) : requireNonNull(doubles).get(i);
        }
    }

    TornadoPaths(PathsPlan plan, TornadoDevice device) {
        this.plan = plan;
        this.device = device;
        stride = plan.capacity();
        pairs = plan.quantities();
        Precision precision = plan.step().precision();
        state = Reals.of(precision, Math.multiplyExact(plan.coordinates(), stride));
        failed = new LongArray(stride);
        skip = new IntArray(stride);
        firstAlive = new IntArray(plan.leaves());
        skip.init(0);
        firstAlive.init(0);
        sums = new DoubleArray(plan.chunks() * pairs.length);
        shifts = new DoubleArray(plan.leaves() * pairs.length);
        heads = new DoubleArray((plan.dimension() + 1) * HEAD);
        table = Reals.of(precision, plan.step().stepwise() * SEGMENT);
        DeviceCode values = plan.values();
        valuesTable = Reals.of(precision, values == null ? 1 : values.stepwise());
        control.init(0);
        control.set(DeviceControl.STRIDE, stride);
        control.set(DeviceControl.DIMENSION, plan.dimension());
        control.set(DeviceControl.LAG_ROW, plan.observables());
        control.set(DeviceControl.QUANTITIES, pairs.length);
    }

    @Override
    public PathsPlan plan() {
        return plan;
    }

    @Override
    public void set(int coordinate, int i, double value) {
        state.set(coordinate * stride + i, value);
    }

    @Override
    public double get(int coordinate, int i) {
        return state.get(coordinate * stride + i);
    }

    @Override
    public void skip(int i, boolean out) {
        skip.set(i, out ? 1 : 0);
    }

    @Override
    public void firstAlive(int leaf, int i) {
        firstAlive.set(leaf, i);
    }

    @Override
    public long failedStep(int i) {
        return failed.get(i);
    }

    @Override
    public void begin(long seed, long firstPath, int count) {
        paths = count;
        failed.init(-1);
        control.set(DeviceControl.SEED_LOW, (int) seed);
        control.set(DeviceControl.SEED_HIGH, (int) (seed >>> 32));
        control.set(DeviceControl.PATH_LOW, (int) firstPath);
        control.set(DeviceControl.PATH_HIGH, (int) (firstPath >>> 32));
        TornadoExecutionPlan old = execution;
        if (old == null) execution = build();
        else old.freeDeviceMemory();
    }

    @SuppressWarnings("unchecked")
    private TornadoExecutionPlan build() {
        Precision precision = plan.step().precision();
        Reals shared = Reals.of(precision, plan.step().shared());
        Reals columns = Reals.of(precision, plan.step().columns());
        DoubleArray values = new DoubleArray(Math.max(1, plan.rows() * stride));
        Reals origin = Reals.of(precision, plan.lags() ? plan.dimension() * stride : 1);
        IntArray quantities = new IntArray(2 * pairs.length);
        for (int q = 0; q < pairs.length; q++) {
            quantities.set(2 * q, pairs[q][0]);
            quantities.set(2 * q + 1, pairs[q][1]);
        }
        KernelContext context = new KernelContext();
        GridScheduler grid = new GridScheduler();
        List<Object> kept = new ArrayList<>(List.of(state.array(), shared.array(), columns.array(), failed, skip));
        kept.addAll(List.of(firstAlive, values, origin.array(), quantities, sums, shifts, heads));
        TaskGraph graph = new TaskGraph(GRAPH);
        graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, control, table.array(), valuesTable.array());
        Task7<KernelContext, IntArray, Object, Object, Object, Object, LongArray> step =
                (Task7<KernelContext, IntArray, Object, Object, Object, Object, LongArray>)
                        KernelLoader.task(plan.step());
        DeviceCode observables = plan.values();
        Reals valuesShared = Reals.of(precision, observables == null ? new double[1] : observables.shared());
        kept.add(valuesShared.array());
        graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, kept.toArray());
        graph.task(
                "step",
                step,
                context,
                control,
                state.array(),
                shared.array(),
                table.array(),
                columns.array(),
                failed);
        worker(grid, "step", stride);
        if (observables != null) {
            Task6<KernelContext, IntArray, Object, Object, Object, DoubleArray> evaluate =
                    (Task6<KernelContext, IntArray, Object, Object, Object, DoubleArray>)
                            KernelLoader.task(observables);
            graph.task(
                    "values",
                    evaluate,
                    context,
                    control,
                    state.array(),
                    valuesShared.array(),
                    valuesTable.array(),
                    values);
            worker(grid, "values", stride);
        }
        if (state.singles() != null) {
            FloatArray s = state.singles();
            if (plan.lags()) {
                FloatArray from = requireNonNull(origin.singles());
                graph.task("distances", Sums32::ornstein_distances, context, control, s, from, values);
            }
            graph.task(
                    "sums", Sums32::ornstein_sums, context, control, s, values, skip, firstAlive, quantities, sums,
                    shifts, failed, heads);
        } else {
            DoubleArray s = requireNonNull(state.doubles());
            if (plan.lags()) {
                DoubleArray from = requireNonNull(origin.doubles());
                graph.task("distances", Sums64::ornstein_distances, context, control, s, from, values);
            }
            graph.task(
                    "sums", Sums64::ornstein_sums, context, control, s, values, skip, firstAlive, quantities, sums,
                    shifts, failed, heads);
        }
        if (plan.lags()) worker(grid, "distances", stride);
        worker(grid, "sums", Math.max(HEAD, plan.chunks() * pairs.length));
        graph.transferToHost(DataTransferMode.UNDER_DEMAND, state.array(), failed, sums, shifts, heads);
        return new TornadoExecutionPlan(graph.snapshot()).withDevice(device).withGridScheduler(grid);
    }

    private static void worker(GridScheduler grid, String task, int threads) {
        WorkerGrid1D worker = new WorkerGrid1D((threads + GROUP - 1) / GROUP * GROUP);
        worker.setLocalWork(GROUP, 1, 1);
        grid.addWorkerGrid(GRAPH + "." + task, worker);
    }

    private void execute() {
        result = requireNonNull(execution, "begin comes first").execute();
    }

    @Override
    public void advance(long firstStep, int steps) {
        control.set(DeviceControl.PATHS, paths);
        control.set(DeviceControl.LOOKED, 0);
        control.set(DeviceControl.ORIGIN, 0);
        control.set(DeviceControl.LAGGED, 0);
        int most = plan.step().stepwise() == 0 ? steps : SEGMENT;
        for (int done = 0; done < steps; done += most) {
            int n = Math.min(most, steps - done);
            double[] numbers = plan.step().table(firstStep + done, n);
            for (int k = 0; k < numbers.length; k++) table.set(k, numbers[k]);
            control.set(DeviceControl.STEPS, n);
            control.set(DeviceControl.STEP_LOW, (int) (firstStep + done));
            control.set(DeviceControl.STEP_HIGH, (int) ((firstStep + done) >>> 32));
            execute();
        }
    }

    @Override
    public void look(double time, boolean origin, boolean lag) {
        DeviceCode values = plan.values();
        if (values != null) {
            double[] numbers = values.table(time);
            for (int k = 0; k < numbers.length; k++) valuesTable.set(k, numbers[k]);
        }
        control.set(DeviceControl.PATHS, 0);
        control.set(DeviceControl.STEPS, 0);
        control.set(DeviceControl.LOOKED, paths);
        control.set(DeviceControl.ORIGIN, origin ? paths : 0);
        control.set(DeviceControl.LAGGED, lag ? paths : 0);
        execute();
        requireNonNull(result).transferToHost(sums, shifts, heads);
    }

    @Override
    public double sum(int quantity, int chunk) {
        return sums.get(chunk * pairs.length + quantity);
    }

    @Override
    public double shift(int variable, int leaf) {
        return shifts.get(leaf * pairs.length + variable);
    }

    @Override
    public double head(int coordinate, int i) {
        return heads.get(coordinate * HEAD + i);
    }

    @Override
    public long headFailed(int i) {
        return (long) heads.get(plan.dimension() * HEAD + i);
    }

    @Override
    public void fetchStates() {
        requireNonNull(result).transferToHost(state.array());
    }

    @Override
    public void fetchFailures() {
        requireNonNull(result).transferToHost(failed);
    }

    private void release() {
        result = null;
        TornadoExecutionPlan old = execution;
        execution = null;
        if (old == null) return;
        try {
            old.freeDeviceMemory();
            old.close();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException("the device's memory could not be given back", e);
        }
    }

    @Override
    public void close() {
        release();
    }

    @Override
    public String toString() {
        return "paths on " + device.getDescription() + " " + Arrays.deepToString(pairs);
    }
}
