package ornstein.tornado;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ornstein.device.PathsPlan;
import ornstein.kernel.DeviceCode;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/// The graph of a device that was given back last. It stays on the device, compiled, until one of another shape is
/// wanted, so that plans that differ in numbers alone (the points of a sweep) have it one after the other.
final class IdleGraph {
    private final TornadoDevice device;
    private @Nullable PathsGraph idle;

    IdleGraph(TornadoDevice device) {
        this.device = device;
    }

    /// The idle graph if it has the plan's shape; else a new one, and the idle one's memory is given back.
    synchronized PathsGraph take(PathsPlan plan) {
        PathsGraph graph = idle;
        idle = null;
        if (graph == null || !graph.shape().equals(shape(plan))) {
            if (graph != null) graph.close();
            graph = new PathsGraph(plan, shape(plan), device);
        }
        graph.numbers(plan);
        return graph;
    }

    /// Takes a graph back. One whose execution failed is not used again: what the driver holds then is not known.
    synchronized void give(PathsGraph graph) {
        if (graph.broken()) return;
        if (idle != null) idle.close();
        idle = graph;
    }

    /// What kernels and arrays depend on.
    private static List<Object> shape(PathsPlan plan) {
        List<Object> shape = new ArrayList<>(List.of(
                plan.coordinates(),
                plan.dimension(),
                plan.observables(),
                plan.lags(),
                plan.sketched(),
                plan.capacity()));
        addShape(shape, plan.step());
        if (plan.values() != null) addShape(shape, plan.values());
        return shape;
    }

    private static void addShape(List<Object> shape, DeviceCode code) {
        shape.add(KernelLoader.task(code));
        shape.add(code.precision());
        shape.add(code.shared().length);
        shape.add(code.stepwise());
        shape.add(Arrays.stream(code.columns()).boxed().toList());
    }
}
