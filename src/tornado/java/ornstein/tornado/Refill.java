package ornstein.tornado;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import ornstein.kernel.DeviceControl;
import ornstein.kernel.Precision;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/// Puts paths at a start whose arrays are on the device already: a graph whose kernels write into the arrays of a
/// [PathsGraph], portion by portion. TornadoVM takes an array to the device a second time only after it gave the plan's
/// memory back, and with that it throws away the kernels that it compiled for the plan.
final class Refill {
    static final String GRAPH = "ornsteinRefill";

    private static final int GROUP = 128;
    /// Numbers taken to the device at once, and threads.
    private static final int PORTION = 1 << 16;

    final Reals portion;
    private final IntArray control;

    Refill(Precision precision, IntArray control) {
        this.control = control;
        portion = Reals.of(precision, PORTION);
    }

    /// @param statistics the flags, counts and marks that are cleared; none where there are no statistics
    ImmutableTaskGraph graph(
            String source, GridScheduler grid, KernelContext context, Reals state, LongArray failed, IntArray... statistics) {
        TaskGraph graph = new TaskGraph(GRAPH);
        List<Object> there = new ArrayList<>(List.of(state.array(), failed));
        there.addAll(List.of(statistics));
        graph.consumeFromDevice(source, there.toArray());
        graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, control, portion.array());
        if (statistics.length > 0) {
            graph.task(
                    "clear", Refill::ornstein_clear, context, control, failed, statistics[0], statistics[1],
                    statistics[2]);
            worker(grid, "clear");
        }
        if (state.singles() != null) {
            var from = requireNonNull(portion.singles());
            graph.task("refill", Refill::ornstein_refill32, context, control, from, state.singles(), failed);
        } else {
            var from = requireNonNull(portion.doubles());
            var to = requireNonNull(state.doubles());
            graph.task("refill", Refill::ornstein_refill64, context, control, from, to, failed);
        }
        worker(grid, "refill");
        return graph.snapshot();
    }

    private static void worker(GridScheduler grid, String task) {
        WorkerGrid1D worker = new WorkerGrid1D(PORTION);
        worker.setLocalWork(GROUP, 1, 1);
        grid.addWorkerGrid(GRAPH + "." + task, worker);
    }

    /// Takes the states to the device.
    ///
    /// @param again whether paths that have failed are left out of the statistics from now on
    /// @param execute executes the graph
    void run(Reals state, int size, boolean again, Runnable execute) {
        control.set(DeviceControl.AGAIN, again ? 1 : 0);
        for (int from = 0; from < size; from += PORTION) {
            int n = Math.min(PORTION, size - from);
            for (int i = 0; i < n; i++) portion.set(i, state.get(from + i));
            control.set(DeviceControl.REFILL_FROM, from);
            control.set(DeviceControl.REFILLED, n);
            execute.run();
        }
    }

    /// Clears flags, counts and marks.
    public static void ornstein_clear(
            KernelContext context, IntArray control, LongArray failed, IntArray skip, IntArray counts, IntArray marks) {
        if (control.get(DeviceControl.REFILL_FROM) == 0) {
            int stride = control.get(DeviceControl.STRIDE);
            int sketched = control.get(DeviceControl.SKETCHED);
            int again = control.get(DeviceControl.AGAIN);
            for (int i = context.globalIdx; i < stride; i += PORTION) {
                int out = 0;
                if (again != 0 && failed.get(i) >= 0) out = 1;
                skip.set(i, out);
            }
            int entries = sketched * (Buckets.PAGES * Buckets.PAGE);
            for (int i = context.globalIdx; i < entries; i += PORTION) counts.set(i, 0);
            int pages = sketched * Buckets.PAGES + (stride + 4095) / 4096;
            for (int i = context.globalIdx; i < pages; i += PORTION) marks.set(i, 0);
        }
    }

    /// Writes a portion of the states; with the first one no path has failed.
    public static void ornstein_refill32(
            KernelContext context, IntArray control, FloatArray portion, FloatArray state, LongArray failed) {
        int from = control.get(DeviceControl.REFILL_FROM);
        int i = context.globalIdx;
        if (i < control.get(DeviceControl.REFILLED)) state.set(from + i, portion.get(i));
        if (from == 0) {
            int stride = control.get(DeviceControl.STRIDE);
            for (int k = i; k < stride; k += PORTION) failed.set(k, -1);
        }
    }

    public static void ornstein_refill64(
            KernelContext context, IntArray control, DoubleArray portion, DoubleArray state, LongArray failed) {
        int from = control.get(DeviceControl.REFILL_FROM);
        int i = context.globalIdx;
        if (i < control.get(DeviceControl.REFILLED)) state.set(from + i, portion.get(i));
        if (from == 0) {
            int stride = control.get(DeviceControl.STRIDE);
            for (int k = i; k < stride; k += PORTION) failed.set(k, -1);
        }
    }
}
