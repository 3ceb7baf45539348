package ornstein.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import ornstein.method.Sampling;
import ornstein.spec.Decimal;
import ornstein.spec.UserError;
import ornstein.train.data.Examples;

/// Gradient flow of a network, or the flow on the modified loss of gradient descent or SGD,
/// L + (eta/4) (a |grad L|^2 + b mean_k |grad L_k|^2), by the classical Runge-Kutta method.
///
/// | algorithm | a | b | L_k |
/// |---|---|---|---|
/// | gd; sgd of i.i.d. batches, whose mean follows that of gd | 1 | 0 | |
/// | sgd in epochs over a fixed partition, reorder or reversed | 0 | 1 | the losses of the batches |
/// | sgd with a new partition each epoch, shuffle | 1 - c | c = (N-B)/(B (N-1)) | the losses of single examples |
///
/// (Barrett, Dherin: Implicit gradient regularization, ICLR 2021, arXiv:2009.11162; Smith, Dherin, Barrett, De: On the
/// origin of implicit regularization in stochastic gradient descent, ICLR 2021, arXiv:2101.12176, equations 1 and 22.)
/// The second derivatives are products of Hessians with vectors, by differentiating gradients. Weight decay adds
/// lambda |w|^2/2 to every loss.
final class Flow {
    /// Numbers in the activations, and in the gradients, of the examples that are in memory at once.
    private static final long NUMBERS = 4_000_000;

    /// Where in a step the classical Runge-Kutta method takes velocities, each along the one before.
    private static final double[] STAGES = {0, 0.5, 0.5, 1};

    private final Net net;
    private final Examples examples;
    private final int substeps;
    private final double a;
    private final double b;
    private final List<Piece> pieces = new ArrayList<>();

    /// `groups` neighbouring groups of `size` examples, each group of this weight in L.
    private record Piece(int from, int groups, int size, double weight) {}

    /// @throws UserError if the flow is not known for the sampling or the network
    Flow(TrainSpec spec, Net net, Examples examples) {
        this.net = net;
        this.examples = examples;
        Optimiser optimiser = spec.optimiser();
        substeps = (int) optimiser.number(Optimiser.SUBSTEPS);
        int count = examples.count();
        int batch = spec.batch();
        boolean modified = optimiser.method().equals(Optimiser.MODIFIED_FLOW);
        if (!modified || optimiser.of().equals(Optional.of("gd"))) {
            a = modified ? 1 : 0;
            b = 0;
        } else {
            double c = count == 1 ? 0 : (double) (count - batch) / ((double) batch * (count - 1));
            switch (spec.sampling()) {
                case IID -> {
                    a = 1;
                    b = 0;
                }
                case SHUFFLE -> {
                    a = 1 - c;
                    b = c;
                }
                case REORDER, REVERSED -> {
                    a = 0;
                    b = 1;
                }
                default ->
                    throw new UserError("--sampling fixed: batches that never change their order have no modified loss;"
                            + " take iid, shuffle, reorder or reversed");
            }
        }
        refuse(spec, batch);
        if (b == 0) whole();
        else partition(spec.sampling() == Sampling.SHUFFLE ? 1 : batch);
    }

    private void refuse(TrainSpec spec, int batch) {
        String method = spec.optimiser().method();
        if (spec.labelNoise() > 0) {
            throw new UserError(
                    "--label-noise " + Decimal.text(spec.labelNoise()) + ": " + method + " has no noise; leave it out");
        }
        if (b > 0 && batch > examples.count()) {
            throw new UserError("batch " + batch + " is larger than the data (" + examples.count()
                    + " examples): ask for a smaller batch, more data, or iid sampling");
        }
        if (b > 0 && a > 0 && net.hasBatchNorm()) {
            throw new UserError("--sampling shuffle: network " + spec.network().name() + " has a batch norm, and"
                    + " single examples no gradient; take --sampling reorder");
        }
    }

    private void whole() {
        int count = examples.count();
        int chunk =
                net.hasBatchNorm() ? count : Math.clamp(NUMBERS / net.layout().widest(), 1, count);
        for (int from = 0; from < count; from += chunk) {
            int n = Math.min(chunk, count - from);
            pieces.add(new Piece(from, 1, n, (double) n / count));
        }
    }

    private void partition(int size) {
        int groups = examples.count() / size;
        long numbers = Math.max(net.size(), net.layout().widest() * size);
        int together = Math.clamp(NUMBERS / numbers, 1, groups);
        for (int k = 0; k < groups; k += together) {
            pieces.add(new Piece(k * size, Math.min(together, groups - k), size, 1.0 / groups));
        }
    }

    /// Moves each row of theta `[R, P]` for the time eta of one step.
    ///
    /// @param stop asked before every stage; the rest is left undone once it says so
    /// @return whether all was done
    boolean move(Tensor theta, double eta, double lambda, BooleanSupplier stop) {
        double h = eta / substeps;
        for (long r = 0; r < theta.size(0); r++) {
            Tensor row = theta.narrow(0, r, 1);
            for (int s = 0; s < substeps; s++) {
                try (PointerScope _ = new PointerScope()) {
                    List<Tensor> k = new ArrayList<>();
                    for (double part : STAGES) {
                        if (stop.getAsBoolean()) return false;
                        Tensor at = k.isEmpty() ? row : row.add(k.getLast(), new Scalar(h * part));
                        k.add(field(at, eta, lambda));
                    }
                    row.add_(k.get(0), new Scalar(h / 6)).add_(k.get(1), new Scalar(h / 3));
                    row.add_(k.get(2), new Scalar(h / 3)).add_(k.get(3), new Scalar(h / 6));
                }
            }
        }
        return true;
    }

    /// The velocity `[1, P]` at a point `[1, P]`.
    Tensor field(Tensor point, double eta, double lambda) {
        Tensor g = point.mul(new Scalar(lambda));
        if (a > 0 || b == 0) {
            for (Piece piece : pieces) add(piece, point, g, null, eta, lambda);
        }
        if (a == 0 && b == 0) return g.neg_();
        Tensor total = b > 0 && a == 0 ? point.mul(new Scalar(lambda)) : g.clone();
        for (Piece piece : pieces) add(piece, point, total, g, eta, lambda);
        return total.neg_();
    }

    /// Adds a piece's part to `sum`: without `g` of the gradient; with it of the correction (eta/2) mean_k
    /// H_k (b g_k + a g), and of the gradient too where that was not needed before.
    private void add(Piece piece, Tensor point, Tensor sum, @Nullable Tensor g, double eta, double lambda) {
        try (PointerScope _ = new PointerScope();
                AutoGradMode _ = new AutoGradMode(true)) {
            int n = piece.groups * piece.size;
            Tensor leaf = point.detach().expand(piece.groups, point.size(1)).requires_grad_(true);
            Tensor x =
                    grouped(DataTensors.chunk(net, 1, examples, piece.from, n).squeeze(0), piece);
            Tensor y = DataTensors.labels(examples, piece.from, n).reshape(piece.groups, piece.size);
            Tensor each = Torch.gradient(net.loss(leaf, x, y).sum(), leaf, g != null);
            Tensor gradient = Torch.sum(each.detach(), 0, true).mul_(new Scalar(piece.weight));
            if (g == null) {
                sum.add_(gradient);
                return;
            }
            Tensor along = each.detach()
                    .add(point, new Scalar(lambda))
                    .mul_(new Scalar(b))
                    .add_(g, new Scalar(a));
            Tensor product = Torch.gradient(each.mul(along).sum(), leaf, false).add_(along, new Scalar(lambda));
            sum.add_(Torch.sum(product.detach(), 0, true), new Scalar(piece.weight * eta / 2));
            if (a == 0) sum.add_(gradient);
        }
    }

    private static Tensor grouped(Tensor rows, Piece piece) {
        List<Long> shape = new ArrayList<>(List.of((long) piece.groups, (long) piece.size));
        for (long d = 1; d < rows.dim(); d++) shape.add(rows.size(d));
        return rows.reshape(shape.stream().mapToLong(d -> d).toArray());
    }
}
