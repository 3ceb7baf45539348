package ornstein.tornado;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import ornstein.device.DevicePaths;
import ornstein.device.PathsPlan;
import ornstein.kernel.DeviceCode;
import ornstein.kernel.DeviceControl;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/// Paths on a device, moved and summed by executions of one task graph ([PathsGraph]).
final class TornadoPaths implements DevicePaths {
    private final PathsPlan plan;
    private final TornadoDevice device;
    private final int stride;
    private final int[][] pairs;
    private final PathsArrays arrays;
    private int paths;
    private @Nullable TornadoExecutionPlan execution;
    private @Nullable TornadoExecutionResult result;

    TornadoPaths(PathsPlan plan, TornadoDevice device) {
        this.plan = plan;
        this.device = device;
        stride = plan.capacity();
        pairs = plan.quantities();
        arrays = new PathsArrays(plan, pairs.length);
    }

    @Override
    public PathsPlan plan() {
        return plan;
    }

    @Override
    public void set(int coordinate, int i, double value) {
        arrays.state.set(coordinate * stride + i, value);
    }

    @Override
    public double get(int coordinate, int i) {
        return arrays.state.get(coordinate * stride + i);
    }

    @Override
    public void skip(int i, boolean out) {
        arrays.skip.set(i, out ? 1 : 0);
    }

    @Override
    public void firstAlive(int leaf, int i) {
        arrays.firstAlive.set(leaf, i);
    }

    @Override
    public long failedStep(int i) {
        return arrays.failed.get(i);
    }

    @Override
    public void begin(long seed, long firstPath, int count) {
        paths = count;
        arrays.failed.init(-1);
        arrays.control.set(DeviceControl.SEED_LOW, (int) seed);
        arrays.control.set(DeviceControl.SEED_HIGH, (int) (seed >>> 32));
        arrays.control.set(DeviceControl.PATH_LOW, (int) firstPath);
        arrays.control.set(DeviceControl.PATH_HIGH, (int) (firstPath >>> 32));
        TornadoExecutionPlan old = execution;
        if (old == null) execution = new PathsGraph(plan, arrays, pairs).build(device);
        else old.freeDeviceMemory();
    }

    private void execute() {
        result = requireNonNull(execution, "begin comes first").execute();
    }

    @Override
    public void advance(long firstStep, int steps) {
        arrays.control.set(DeviceControl.PATHS, paths);
        arrays.control.set(DeviceControl.LOOKED, 0);
        arrays.control.set(DeviceControl.ORIGIN, 0);
        arrays.control.set(DeviceControl.LAGGED, 0);
        int most = plan.step().stepwise() == 0 ? steps : PathsArrays.SEGMENT;
        for (int done = 0; done < steps; done += most) {
            int n = Math.min(most, steps - done);
            arrays.table.fill(plan.step().table(firstStep + done, n));
            arrays.control.set(DeviceControl.STEPS, n);
            arrays.control.set(DeviceControl.STEP_LOW, (int) (firstStep + done));
            arrays.control.set(DeviceControl.STEP_HIGH, (int) ((firstStep + done) >>> 32));
            execute();
        }
    }

    @Override
    public void look(double time, boolean origin, boolean lag) {
        DeviceCode values = plan.values();
        if (values != null) arrays.valuesTable.fill(values.table(time));
        arrays.control.set(DeviceControl.PATHS, 0);
        arrays.control.set(DeviceControl.STEPS, 0);
        arrays.control.set(DeviceControl.LOOKED, paths);
        arrays.control.set(DeviceControl.ORIGIN, origin ? paths : 0);
        arrays.control.set(DeviceControl.LAGGED, lag ? paths : 0);
        execute();
        requireNonNull(result).transferToHost(arrays.sums, arrays.shifts, arrays.heads);
    }

    @Override
    public double sum(int quantity, int chunk) {
        return arrays.sums.get(chunk * pairs.length + quantity);
    }

    @Override
    public double shift(int variable, int leaf) {
        return arrays.shifts.get(leaf * pairs.length + variable);
    }

    @Override
    public double head(int coordinate, int i) {
        return arrays.heads.get(coordinate * HEAD + i);
    }

    @Override
    public long headFailed(int i) {
        return (long) arrays.heads.get(plan.dimension() * HEAD + i);
    }

    @Override
    public void fetchStates() {
        requireNonNull(result).transferToHost(arrays.state.array());
    }

    @Override
    public void fetchFailures() {
        requireNonNull(result).transferToHost(arrays.failed);
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
