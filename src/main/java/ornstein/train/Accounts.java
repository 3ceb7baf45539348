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
    private final List<Group> spans;
    private final List<Group> whole;
    private final boolean wholly;
    private final double[] clock;
    private final double[] w2;
    private final double[] g2;
    private final double[] all;
    private final boolean[] dead;
    private final List<Divergence> diverged = new ArrayList<>();

    /// Sums `[R, G]` in double precision by [Quantity]; empty when not asked for.
    private final Map<Quantity, Tensor> sums = new EnumMap<>(Quantity.class);
    private long window;

    Accounts(Net net, TrainSpec spec) {
        this.net = net;
        this.spec = spec;
        int replicas = spec.replicas();
        spans = net.layout().spans();
        whole = List.of(new Group("theta", 0, net.size()));
        invariant = !spans.isEmpty();
        wholly = spans.stream().mapToLong(Group::size).sum() == net.size();
        clock = new double[replicas];
        w2 = new double[replicas];
        g2 = new double[replicas];
        all = new double[replicas];
        dead = new boolean[replicas];
        if (spec.probes().groups() && invariant) {
            for (Quantity quantity : EnumSet.complementOf(EnumSet.of(Quantity.NOW))) {
                sums.put(
                        quantity,
                        Torch.zeros(Precision.F64, replicas, net.groups().size()));
            }
        }
    }

    /// Accounts for one step: of the clock, and of who diverged. Returns whether a replica was newly found to have
    /// diverged.
    ///
    /// @param theta the state after `step` updates
    /// @param g its gradient, or another displacement across theta
    /// @param rate how far theta moves in units of g
    boolean step(long step, double rate, Tensor theta, Tensor g) {
        Tensor flat = g.contiguous();
        Products.squares(spec.precision(), theta, spans, w2);
        Products.squares(spec.precision(), flat, spans, g2);
        if (wholly) {
            System.arraycopy(g2, 0, all, 0, all.length);
        } else {
            Products.squares(spec.precision(), flat, whole, all);
        }
        boolean news = false;
        double factor = 0.5 * rate * rate;
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

    boolean wantsGroups() {
        return !sums.isEmpty();
    }

    /// Adds one step to the sums, before the update.
    ///
    /// @param norm |w|^2 `[R, G]`
    /// @param gradient |g|^2 `[R, G]`
    /// @param across squared displacement across w `[R, G]`, in units of `unit` squared
    void groups(Tensor norm, Tensor gradient, Tensor across, double unit) {
        Tensor w = norm.toType(ScalarType.Double);
        Tensor g = gradient.toType(ScalarType.Double);
        Tensor still = g.eq(new Scalar(0.0));
        add(Quantity.NORM, w);
        add(Quantity.GRADIENT, g);
        sum(Quantity.STEP).add_(across.toType(ScalarType.Double).div(w), new Scalar(unit * unit));
        add(Quantity.RATIO, w.div(g).masked_fill_(still, new Scalar(0.0)));
        add(Quantity.ZERO, still.toType(ScalarType.Double));
        window++;
    }

    /// Adds the squared angle between w and w - u, the next w, in every group. Its tangent is |u'| / (|w| - u.w/|w|)
    /// with u' the part of u across w.
    ///
    /// @param norm |w|^2 before the update `[R, G]`
    /// @param square |u|^2
    /// @param product u.w
    void rotation(Tensor norm, Tensor square, Tensor product) {
        Tensor length = norm.toType(ScalarType.Double).sqrt();
        Tensor along = product.toType(ScalarType.Double).div(length);
        Tensor across = square.toType(ScalarType.Double)
                .sub(along.square())
                .clamp_min_(new Scalar(0.0))
                .sqrt_();
        add(Quantity.ROTATION, across.atan2_(length.sub_(along)).square_());
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
