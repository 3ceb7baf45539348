package ornstein.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ornstein.random.Normals;
import ornstein.random.Philox;
import ornstein.spec.Yaml;

/// Every layer kind: gradients against central differences, replicas against single networks, scale invariance.
class NetTest {
    private static final int BATCH = 5;
    private static final String VECTOR = "input: [6]\nclasses: 3\nlayers: ";
    private static final String IMAGE = "input: [2, 6, 6]\nclasses: 3\nlayers: ";

    static Stream<String> networks() {
        return Stream.of(
                VECTOR + "[{linear: 3}]",
                VECTOR + "[{linear: 4, bias: true}, tanh, {linear: 3, bias: true}]",
                VECTOR + "[{linear: 4, norm: weight}, relu, {linear: 3, fixed: true}]",
                VECTOR + "[{linear: 4, norm: weight, eps: 0.1}, tanh, {linear: 3, norm: weight}]",
                VECTOR + "[{linear: 4, norm: weight, affine: true, bias: true}, gelu, {linear: 3, bias: true}]",
                VECTOR + "[{linear: 4, norm: batch, eps: 0}, tanh, {linear: 3, fixed: true}]",
                VECTOR + "[{linear: 6, norm: group, groups: 2, affine: true}, tanh, {linear: 3, fixed: true}]",
                VECTOR + "[{linear: 6, norm: layer, eps: 0}, tanh, {linear: 3, fixed: true}]",
                IMAGE + "[{conv: 4, bias: true}, relu, {max-pool: 2}, flatten, {linear: 3}]",
                IMAGE + "[{conv: 4, stride: 2, norm: batch, affine: true}, gelu, global-pool, {linear: 3}]",
                IMAGE
                        + "[{conv: 4, kernel: 2, padding: 0, norm: batch, eps: 0}, tanh, flatten, {linear: 3, fixed: true}]",
                IMAGE + "[{conv: 4, norm: group, groups: 2, eps: 0}, tanh, global-pool, {linear: 3, fixed: true}]",
                IMAGE + "[{conv: 4, norm: layer, eps: 0}, tanh, {average-pool: 3}, flatten, {linear: 3, fixed: true}]",
                IMAGE + "[{conv: 4, norm: weight}, tanh, {average-pool: 2, stride: 1}, flatten, {linear: 3}]",
                IMAGE + "[{conv: 4, norm: weight, affine: true}, relu, {conv: 2, fixed: true}, flatten, {linear: 3}]",
                IMAGE
                        + "[{residual: [{conv: 2, norm: batch, eps: 0}, tanh, {conv: 2, norm: batch, eps: 0}]}, global-pool,"
                        + " {linear: 3, fixed: true}]",
                IMAGE
                        + "[{residual: [{conv: 4, stride: 2}, tanh, {conv: 4}], shortcut: [{conv: 4, kernel: 1, stride: 2}]},"
                        + " flatten, {linear: 3, norm: layer}]");
    }

    static NetworkSpec spec(String text) {
        return NetworkReader.read(Yaml.tree("test", "kind: network\nname: test\n" + text));
    }

    static Net net(String text) {
        return Net.of(spec(text), Precision.F64, 7);
    }

    static Tensor normal(long path, long... shape) {
        double[] values = new double
                [(int) Stream.of(shape).flatMapToLong(java.util.Arrays::stream).reduce(1, (a, b) -> a * b)];
        Normals.fill(99, path, 0, 70, values);
        return Torch.of(Precision.F64, values, shape);
    }

    static Tensor inputs(Net net, long path, int replicas, int batch) {
        List<Integer> in = net.spec().input();
        return in.size() == 1
                ? normal(path, replicas, batch, in.get(0))
                : normal(path, replicas, batch, in.get(0), in.get(1), in.get(2));
    }

    static Tensor labels(Net net, int replicas, int batch) {
        long[] y = new long[replicas * batch];
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.floorMod(Philox.word(5, 0, i, 70), net.spec().classes());
        }
        return Torch.of(y, replicas, batch);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void gradientsMatchCentralDifferences(String text) {
        try (PointerScope _ = new PointerScope()) {
            Net net = net(text);
            int p = (int) net.size();
            double[] theta = Torch.doubles(normal(1, 1, p));
            Tensor x = inputs(net, 2, 1, BATCH);
            Tensor y = labels(net, 1, BATCH);
            double[] gradient = Torch.doubles(net.gradient(Torch.of(Precision.F64, theta, 1, p), x, y));
            double h = 1e-5;
            for (int i = 0; i < p; i += Math.max(1, p / 40)) {
                double was = theta[i];
                theta[i] = was + h;
                double up = net.loss(Torch.of(Precision.F64, theta, 1, p), x, y).item_double();
                theta[i] = was - h;
                double down =
                        net.loss(Torch.of(Precision.F64, theta, 1, p), x, y).item_double();
                theta[i] = was;
                assertEquals((up - down) / (2 * h), gradient[i], 2e-8, "parameter " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void gradientByHandIsAutograd(String text) {
        try (PointerScope _ = new PointerScope()) {
            Net net = net(text);
            Tensor theta = normal(1, 3, net.size());
            Tensor x = inputs(net, 2, 3, BATCH);
            Tensor y = labels(net, 3, BATCH);
            assertClose(
                    Torch.doubles(net.autograd(theta, x, y, null)), Torch.doubles(net.gradient(theta, x, y)), 1e-14);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void replicaIsTheSingleNetwork(String text) {
        try (PointerScope _ = new PointerScope()) {
            Net net = net(text);
            Tensor theta = normal(1, 3, net.size());
            Tensor x = inputs(net, 2, 3, BATCH);
            Tensor y = labels(net, 3, BATCH);
            Tensor all = net.gradient(theta, x, y);
            Tensor logits = net.logits(theta, x);
            for (int r = 0; r < 3; r++) {
                Tensor row = theta.narrow(0, r, 1);
                assertClose(
                        Torch.doubles(net.logits(row, x.narrow(0, r, 1))),
                        Torch.doubles(logits.narrow(0, r, 1)),
                        1e-14);
                assertClose(
                        Torch.doubles(net.gradient(row, x.narrow(0, r, 1), y.narrow(0, r, 1))),
                        Torch.doubles(all.narrow(0, r, 1)),
                        1e-14);
            }
        }
    }

    /// w . g = 0 in every group whose norm has no eps, and the loss does not change when one group alone is rescaled.
    @ParameterizedTest
    @MethodSource("networks")
    void groupsAreScaleInvariant(String text) {
        if (text.contains("groups: 2, affine")
                || text.contains("eps: 0.1")
                || text.contains("stride: 2, norm: batch")
                || text.contains("norm: layer}]")) {
            return; // norms with eps
        }
        try (PointerScope _ = new PointerScope()) {
            Net net = net(text);
            int p = (int) net.size();
            double[] w = Torch.doubles(normal(1, 1, p));
            Tensor x = inputs(net, 2, 1, BATCH);
            Tensor y = labels(net, 1, BATCH);
            double loss = net.loss(Torch.of(Precision.F64, w, 1, p), x, y).item_double();
            double[] g = Torch.doubles(net.gradient(Torch.of(Precision.F64, w, 1, p), x, y));
            for (Group group : net.groups()) {
                double wg = 0;
                double ww = 0;
                double gg = 0;
                double[] scaled = w.clone();
                for (int i = (int) group.from(); i < group.to(); i++) {
                    wg += w[i] * g[i];
                    ww += w[i] * w[i];
                    gg += g[i] * g[i];
                    scaled[i] *= 3;
                }
                assertTrue(gg > 0, group.name());
                assertTrue(Math.abs(wg) < 1e-12 * Math.sqrt(ww * gg), group.name() + ": " + wg);
                assertEquals(
                        loss,
                        net.loss(Torch.of(Precision.F64, scaled, 1, p), x, y).item_double(),
                        1e-13);
            }
        }
    }

    @Test
    void groupsAreRowsChannelsAndLayers() {
        Net net = net(VECTOR + "[{linear: 4, norm: weight}, relu, {linear: 6, norm: group, groups: 2}, relu,"
                + " {linear: 5, norm: layer, affine: true}, relu, {linear: 3, norm: batch}]");
        assertEquals(4 * 6 + 6 * 4 + 5 * 6 + 5 + 5 + 3 * 5, net.size());
        List<Group> groups = net.groups();
        assertEquals(4 + 2 + 1 + 3, groups.size());
        assertEquals(new Group("0/3", 18, 24), groups.get(3));
        assertEquals(new Group("2/1", 36, 48), groups.get(5));
        assertEquals(new Group("4/0", 48, 78), groups.get(6));
        assertEquals(new Group("6/0", 88, 93), groups.get(7));
    }

    @Test
    void normsOfGroupsAddUp() {
        try (PointerScope _ = new PointerScope()) {
            Net net = net(VECTOR + "[{linear: 4, norm: weight, affine: true}, relu, {linear: 3, norm: batch}]");
            Tensor theta = normal(1, 2, net.size());
            double[] groups = Torch.doubles(net.groupSquares(theta));
            double[] totals = Torch.doubles(net.invariantSquare(theta));
            double[] w = Torch.doubles(theta);
            for (int r = 0; r < 2; r++) {
                double total = 0;
                for (int j = 0; j < net.groups().size(); j++) {
                    Group group = net.groups().get(j);
                    double sum = 0;
                    for (long i = group.from(); i < group.to(); i++) {
                        double v = w[(int) (r * net.size() + i)];
                        sum += v * v;
                    }
                    assertEquals(sum, groups[r * net.groups().size() + j], 1e-13);
                    total += sum;
                }
                assertEquals(total, totals[r], 1e-13);
            }
        }
    }

    /// With the statistics of the very batch, evaluation is training mode; with others it is not.
    @Test
    void batchStatisticsAreThoseOfTheFixedSet() {
        try (PointerScope _ = new PointerScope()) {
            Net net = net(
                    IMAGE + "[{conv: 4, norm: batch, eps: 0}, tanh, {conv: 3, norm: batch, eps: 0}, tanh, global-pool,"
                            + " {linear: 3, fixed: true}]");
            Tensor theta = normal(1, 2, net.size());
            Tensor x = inputs(net, 2, 2, BATCH);
            try (BatchStatistics statistics = net.statistics(theta, x);
                    BatchStatistics others = net.statistics(theta, inputs(net, 3, 2, BATCH))) {
                double[] expected = Torch.doubles(net.logits(theta, x));
                assertClose(expected, Torch.doubles(net.logits(theta, x, statistics)), 1e-13);
                double[] other = Torch.doubles(net.logits(theta, x, others));
                assertTrue(Math.abs(other[0] - expected[0]) > 1e-3);
            }
        }
    }

    @Test
    void shippedNetworksFitTheirData() {
        assertEquals(3072, NetworkSpec.read(Path.of("mlp-wn-192")).parameters());
        assertEquals(384, NetworkSpec.read(Path.of("mlp-wn-24")).parameters());
        assertEquals(100_352, NetworkSpec.read(Path.of("mlp-wn")).parameters());
        assertEquals(60_048, NetworkSpec.read(Path.of("cnn4-bn")).parameters());
        assertEquals(60_048, NetworkSpec.read(Path.of("cnn4-gn")).parameters());
        assertEquals(76_720, NetworkSpec.read(Path.of("resnet8-gn")).parameters());
    }

    static void assertClose(double[] expected, double[] actual, double relative) {
        assertEquals(expected.length, actual.length);
        double largest = 0;
        for (double e : expected) {
            largest = Math.max(largest, Math.abs(e));
        }
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], relative * largest, "entry " + i);
        }
    }
}
