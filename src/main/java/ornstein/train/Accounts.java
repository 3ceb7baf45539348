package ornstein.train;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import ornstein.train.GroupSumsData.Quantity;

/// What is added up at every step: the clock, the sums per group, and who diverged.
final class Accounts {
    private final Net net;
    private final TrainSpec spec;
    private final boolean invariant;
    private final boolean wholly;
    private final double[] clock;
    private final double[] w2;
    private final double[] g2;
    private final double[] all;
    private final float[] single;
    private final boolean[] dead;
    private final List<Divergence> diverged = new ArrayList<>();

    /// Sums `[R, G]` in double precision by [Quantity]; empty when not asked for.
    private final Map<Quantity, Tensor> sums = new EnumMap<>(Quantity.class);
    /// Unit vectors of every group before the update, one tensor a block.
    private final List<Tensor> directions = new ArrayList<>();
    private long window;

    Accounts(Net net, TrainSpec spec) {
        this.net = net;
        this.spec = spec;
        int replicas = spec.replicas();
        invariant = !net.groups().isEmpty();
        wholly = invariant
                && net.layout().spans().stream().mapToLong(Group::size).sum() == net.size();
        clock = new double[replicas];
        w2 = new double[replicas];
        g2 = new double[replicas];
        all = new double[replicas];
        single = new float[replicas];
        dead = new boolean[replicas];
        if (spec.probes().groups() && invariant) {
            for (Quantity quantity : EnumSet.complementOf(EnumSet.of(Quantity.NOW))) {
                sums.put(
                        quantity,
                        Torch.zeros(Precision.F64, replicas, net.groups().size()));
            }
            for (Layout.Block block : net.layout().blocks()) {
                directions.add(Torch.zeros(spec.precision(), replicas, block.groups(), block.size()));
            }
        }
    }

    /// Takes down theta, to measure the first rotation against.
    void begin(Tensor theta) {
        for (int b = 0; b < directions.size(); b++) {
            try (PointerScope _ = new PointerScope()) {
                directions.get(b).copy_(direction(theta, net.layout().blocks().get(b)));
            }
        }
    }

    /// Accounts for one step, before the update; theta is the state after `step` updates, g its gradient. Returns
    /// whether a replica was newly found to have diverged.
    boolean gradient(long step, double eta, Tensor theta, Tensor g) {
        if (invariant) {
            Torch.read(spec.precision(), net.invariantSquare(theta), w2, single);
            Torch.read(spec.precision(), net.invariantSquare(g), g2, single);
        }
        if (wholly) {
            System.arraycopy(g2, 0, all, 0, all.length);
        } else {
            Torch.read(spec.precision(), Torch.sum(g.square(), 1, false), all, single);
        }
        boolean news = false;
        double factor = 0.5 * rate2(eta);
        for (int r = 0; r < clock.length; r++) {
            if (dead[r]) {
                continue;
            }
            double more = invariant ? factor * g2[r] / w2[r] : Double.NaN;
            if (!Double.isFinite(all[r]) || invariant && !Double.isFinite(more)) {
                dead[r] = true;
                news = true;
                diverged.add(new Divergence(spec.firstReplica() + r, step, spec.seed()));
            } else {
                clock[r] += more;
            }
        }
        return news;
    }

    /// eta^2, with momentum eta^2/(1-rho)^2.
    private double rate2(double eta) {
        double rate = eta / (1 - spec.momentum());
        return rate * rate;
    }

    boolean wantsGroups() {
        return !sums.isEmpty();
    }

    /// Adds one step to the sums, before the update.
    ///
    /// @param norm |w|^2 `[R, G]`
    /// @param gradient |g|^2 `[R, G]`
    void groups(double eta, Tensor norm, Tensor gradient) {
        Tensor w = norm.toType(ScalarType.Double);
        Tensor g = gradient.toType(ScalarType.Double);
        Tensor still = g.eq(new Scalar(0.0));
        add(Quantity.NORM, w);
        add(Quantity.GRADIENT, g);
        sum(Quantity.STEP).add_(g.div(w), new Scalar(rate2(eta)));
        add(Quantity.RATIO, w.div(g).masked_fill_(still, new Scalar(0.0)));
        add(Quantity.ZERO, still.toType(ScalarType.Double));
        window++;
    }

    /// Adds the squared angle between theta before and after the update: 2 asin(|u' - u| / 2) for unit vectors.
    void rotation(Tensor theta) {
        List<Layout.Block> blocks = net.layout().blocks();
        List<Tensor> angles = new ArrayList<>();
        for (int b = 0; b < blocks.size(); b++) {
            Tensor now = direction(theta, blocks.get(b));
            Tensor before = directions.get(b);
            Tensor chord2 = Torch.sum(before.sub_(now).square_(), 2, false);
            angles.add(chord2.toType(ScalarType.Double)
                    .sqrt_()
                    .mul_(new Scalar(0.5))
                    .asin_()
                    .mul_(new Scalar(2.0))
                    .square_());
            before.copy_(now);
        }
        add(Quantity.ROTATION, Net.join(angles, 1));
    }

    private static Tensor direction(Tensor theta, Layout.Block block) {
        Tensor rows = Net.rows(theta, block);
        return rows.div(Torch.sum(rows.square(), 2, true).sqrt_());
    }

    private Tensor sum(Quantity quantity) {
        return Objects.requireNonNull(sums.get(quantity));
    }

    private void add(Quantity quantity, Tensor t) {
        sum(quantity).add_(t);
    }

    /// The sums since the last call, and starts new ones; null when not asked for.
    @Nullable GroupSumsData close(Tensor theta) {
        if (sums.isEmpty()) {
            return null;
        }
        Map<Quantity, double[]> table = new EnumMap<>(Quantity.class);
        sums.forEach((quantity, sum) -> {
            table.put(quantity, Torch.doubles(sum));
            sum.zero_();
        });
        try (PointerScope _ = new PointerScope()) {
            table.put(Quantity.NOW, Torch.doubles(net.groupSquares(theta)));
        }
        GroupSumsData closed = new GroupSumsData(window, net.groups().size(), table);
        window = 0;
        return closed;
    }

    double[] clock() {
        double[] copy = clock.clone();
        if (!invariant) {
            Arrays.fill(copy, Double.NaN);
        }
        return copy;
    }

    boolean dead(int replica) {
        return dead[replica];
    }

    boolean anyDead() {
        return !diverged.isEmpty();
    }

    List<Divergence> diverged() {
        return List.copyOf(diverged);
    }

    void write(DataOutputStream out) throws IOException {
        Frame.doubles(out, clock);
        writeDiverged(out, diverged);
        out.writeLong(window);
        for (Tensor sum : sums.values()) {
            Frame.doubles(out, Torch.doubles(sum));
        }
    }

    void read(DataInputStream in) throws IOException {
        System.arraycopy(Frame.doubles(in), 0, clock, 0, clock.length);
        diverged.addAll(readDiverged(in));
        for (Divergence d : diverged) {
            dead[(int) (d.replica() - spec.firstReplica())] = true;
        }
        window = in.readLong();
        for (Tensor sum : sums.values()) {
            try (PointerScope _ = new PointerScope()) {
                sum.copy_(Torch.of(Precision.F64, Frame.doubles(in), sum.size(0), sum.size(1)));
            }
        }
    }

    static void writeDiverged(DataOutputStream out, List<Divergence> diverged) throws IOException {
        out.writeInt(diverged.size());
        for (Divergence d : diverged) {
            out.writeLong(d.replica());
            out.writeLong(d.step());
            out.writeLong(d.seed());
        }
    }

    static List<Divergence> readDiverged(DataInputStream in) throws IOException {
        List<Divergence> diverged = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            diverged.add(new Divergence(in.readLong(), in.readLong(), in.readLong()));
        }
        return diverged;
    }
}
