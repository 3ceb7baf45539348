package ornstein.tornado;

import ornstein.device.DevicePaths;
import ornstein.device.PathsPlan;
import ornstein.kernel.DeviceCode;
import ornstein.kernel.DeviceControl;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Paths on a device: says by the control array what the kernels of a [PathsGraph] do.
final class TornadoPaths implements DevicePaths {
    private final PathsPlan plan;
    private final IdleGraph graphs;
    private final PathsGraph graph;
    private final IntArray control;
    private final int stride;
    private final int quantities;
    private int paths;

    TornadoPaths(PathsPlan plan, IdleGraph graphs) {
        this.plan = plan;
        this.graphs = graphs;
        graph = graphs.take(plan);
        control = graph.control;
        stride = plan.capacity();
        quantities = plan.quantities().length;
    }

    @Override
    public PathsPlan plan() {
        return plan;
    }

    @Override
    public void set(int coordinate, int i, double value) {
        graph.state.set(coordinate * stride + i, value);
    }

    @Override
    public double get(int coordinate, int i) {
        return graph.state.get(coordinate * stride + i);
    }

    @Override
    public void firstAlive(int leaf, int i) {
        graph.firstAlive.set(leaf, i);
    }

    @Override
    public long failedStep(int i) {
        return graph.failed.get(i);
    }

    @Override
    public void begin(long seed, long firstPath, int count) {
        paths = count;
        control.set(DeviceControl.SEED_LOW, (int) seed);
        control.set(DeviceControl.SEED_HIGH, (int) (seed >>> 32));
        control.set(DeviceControl.PATH_LOW, (int) firstPath);
        control.set(DeviceControl.PATH_HIGH, (int) (firstPath >>> 32));
        graph.begin(false);
    }

    @Override
    public void beginAgain() {
        graph.begin(true);
    }

    /// Makes the kernels do nothing but what is set afterwards.
    private void rest() {
        control.set(DeviceControl.PATHS, 0);
        control.set(DeviceControl.STEPS, 0);
        control.set(DeviceControl.LOOKED, 0);
        control.set(DeviceControl.ORIGIN, 0);
        control.set(DeviceControl.LAGGED, 0);
        control.set(DeviceControl.COUNTED, 0);
    }

    @Override
    public void advance(long firstStep, int steps) {
        rest();
        control.set(DeviceControl.PATHS, paths);
        int most = plan.step().stepwise() == 0 ? steps : PathsGraph.SEGMENT;
        for (int done = 0; done < steps; done += most) {
            int n = Math.min(most, steps - done);
            graph.table.set(plan.step().table(firstStep + done, n));
            control.set(DeviceControl.STEPS, n);
            control.set(DeviceControl.STEP_LOW, (int) (firstStep + done));
            control.set(DeviceControl.STEP_HIGH, (int) ((firstStep + done) >>> 32));
            graph.execute();
        }
    }

    @Override
    public void look(double time, boolean origin, boolean lag) {
        DeviceCode values = plan.values();
        if (values != null) graph.valuesTable.set(values.table(time));
        rest();
        control.set(DeviceControl.LOOKED, paths);
        control.set(DeviceControl.ORIGIN, origin ? paths : 0);
        control.set(DeviceControl.LAGGED, lag ? paths : 0);
        graph.execute();
        graph.fetch(graph.sums, graph.shifts, graph.heads);
    }

    @Override
    public double sum(int quantity, int leaf) {
        return graph.sums.get(leaf * quantities + quantity);
    }

    @Override
    public double shift(int variable, int leaf) {
        return graph.shifts.get(leaf * quantities + variable);
    }

    @Override
    public double head(int coordinate, int i) {
        return graph.heads.get(coordinate * HEAD + i);
    }

    @Override
    public long headFailed(int i) {
        return (long) graph.heads.get(plan.dimension() * HEAD + i);
    }

    @Override
    public void count() {
        rest();
        control.set(DeviceControl.COUNTED, paths);
        graph.execute();
        graph.fetch(graph.marks);
    }

    @Override
    public int failures(int leaf) {
        return graph.marks.get(plan.sketched() * PathsPlan.PAGES + leaf);
    }

    @Override
    public boolean page(int coordinate, int page, int[] counts) {
        int place = coordinate * PathsPlan.PAGES + page;
        if (graph.marks.get(place) == 0) return false;
        int from = place * PathsPlan.PAGE;
        graph.fetch(graph.counts, from, PathsPlan.PAGE);
        for (int i = 0; i < PathsPlan.PAGE; i++) counts[i] = graph.counts.get(from + i);
        return true;
    }

    @Override
    public void fetchStates() {
        graph.fetch(graph.state.array());
    }

    @Override
    public void fetchFailures() {
        graph.fetch(graph.failed);
    }

    @Override
    public void close() {
        graphs.give(graph);
    }

    @Override
    public String toString() {
        return "paths on a device: " + plan;
    }
}
