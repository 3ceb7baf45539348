package ornstein.method.derive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import ornstein.expr.Derivative;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.MapSeries;
import ornstein.expr.Substitution;
import ornstein.method.Batches;
import ornstein.method.Mean;
import ornstein.method.Sampling;
import ornstein.method.StepBuilder;
import ornstein.model.LossModel;
import ornstein.spec.UserError;

/// The mean over the random batches of an epoch of a step x' = x + h a_1 + h^2 a_2 + ... that is affine in
/// the means over its batch. An epoch has m batches of size B of N examples, each held for n steps; its map
/// has at h^2 n sum a_2 + (n(n-1)/2) sum_k a_1k' a_1k + n^2 sum_(j<k) a_1k' a_1j. With P = a_1' a_1 of the
/// means over the data, and C the mean of a_1' a_1 over single examples less P, the first correction of the
/// modified equation is a_2 - P/2 + c C:
///
/// - independent batches: c = (n-1)/(2B);
/// - a new partition each epoch: c = (n-1)/2 (N-B)/((N-1)B) - n(m-1)/(2(N-1)), which is -(N-B)/(2(N-1)B) if B
///   m = N, whatever n (Smith, Dherin, Barrett and De, arXiv:2101.12176, equations 1, 22 and 39);
/// - one partition in random order, or there and back: as above, with -C/2 of its batches; the batches of a
///   fixed order give the sum over their pairs as it is. Batches of more than one example are written out.
final class BatchNoise {
    /// The most examples that are written out.
    private static final int MOST = 64;

    private final LossModel loss;
    private final StepBuilder builder;
    private final Batches batches;
    private final Function<String, UserError> refused;

    BatchNoise(LossModel loss, StepBuilder builder, Batches batches, Function<String, UserError> refused) {
        this.loss = loss;
        this.builder = builder;
        this.batches = batches;
        this.refused = refused;
    }

    /// Expressions that are affine in the means over the batch, with means over the data in their place.
    List<Expr> overData(List<Expr> expressions) {
        return Substitution.of(expressions, s -> isRandom(s) ? builder.mean(Mean.DATA, of(s)) : s);
    }

    /// What a mean is of.
    private Expr of(Sym name) {
        Expr body = builder.means().stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow()
                .body();
        if (Substitution.symbols(List.of(body)).stream().anyMatch(this::isRandom)) {
            throw refused.apply("means over a batch stand inside each other");
        }
        return body;
    }

    private boolean isRandom(Sym s) {
        return builder.means().stream().anyMatch(m -> m.name().equals(s) && m.batch() != Mean.DATA);
    }

    /// f_0, and for order 1 also f_1.
    List<List<Expr>> field(MapSeries map, int order) {
        List<Expr> first = map.coefficients().get(0);
        List<Expr> f0 = overData(first);
        if (order == 0) return List.of(f0);
        List<Expr> p = along(f0, f0);
        List<Expr> f1 = plus(overData(map.coefficients().get(1)), p, Expr.ratio(-1, 2));
        boolean independent = batches.sampling() == Sampling.IID;
        if (batches.perStep() > 1 && !(independent && batches.hold() == 1)) {
            throw refused.apply("a step takes several batches that are not independent");
        }
        int size = batches.size();
        int n = batches.hold();
        if (independent) return List.of(f0, n == 1 ? f1 : plus(f1, noise(first), Expr.ratio(n - 1, 2L * size)));
        if (batches.sampling() == Sampling.FIXED) return List.of(f0, inOrder(map, f0, p));
        if (batches.sampling() == Sampling.SHUFFLE || size == 1) return List.of(f0, plus(f1, noise(first), shuffled()));
        return List.of(f0, plus(f1, plus(meanSquare(first), p, Expr.num(-1)), Expr.ratio(-1, 2)));
    }

    private Expr shuffled() {
        long n = batches.hold();
        long size = batches.size();
        long others = batches.examples() - 1L;
        Expr same = Expr.ratio((n - 1) * (batches.examples() - size), 2 * others * size);
        return same.minus(Expr.ratio(n * (batches.perEpoch() - 1), 2 * others));
    }

    /// C: of D = a_1' a_1, quadratic in the means M over a batch, (1/2) sum_pq D_pq Cov(M_p, M_q) of single
    /// examples.
    private List<Expr> noise(List<Expr> first) {
        List<Expr> squares = along(first, first);
        List<Sym> means =
                Substitution.symbols(squares).stream().filter(this::isRandom).toList();
        List<Expr> result = new ArrayList<>();
        for (Expr square : squares) {
            List<Expr> terms = new ArrayList<>();
            for (Sym p : means) {
                for (Sym q : means) {
                    Expr curvature = Derivative.of(Derivative.of(square, p), q);
                    if (curvature.equals(Expr.ZERO)) continue;
                    Expr product = builder.mean(Mean.DATA, of(p).times(of(q)));
                    Expr apart = builder.mean(Mean.DATA, of(p)).times(builder.mean(Mean.DATA, of(q)));
                    terms.add(curvature.times(product.minus(apart)).times(Expr.ratio(1, 2)));
                }
            }
            result.add(Expr.sum(terms));
        }
        return overData(result);
    }

    /// The mean of a_1k' a_1k over the batches of the partition.
    private List<Expr> meanSquare(List<Expr> first) {
        List<Expr> sum = Collections.nCopies(first.size(), Expr.ZERO);
        int m = batches.perEpoch();
        for (int k = 0; k < m; k++) {
            List<Expr> a = written(first, k);
            sum = plus(sum, along(a, a), Expr.ratio(1, m));
        }
        return sum;
    }

    /// f_1 of an epoch in the order of the data.
    private List<Expr> inOrder(MapSeries map, List<Expr> f0, List<Expr> p) {
        int m = batches.perEpoch();
        int n = batches.hold();
        List<Expr> sum = plus(overData(map.coefficients().get(1)), p, Expr.ratio(-(long) m * n, 2));
        List<Expr> before = Collections.nCopies(f0.size(), Expr.ZERO);
        for (int k = 0; k < m; k++) {
            List<Expr> a = written(map.coefficients().get(0), k);
            sum = plus(sum, along(a, a), Expr.ratio(n - 1, 2L * m));
            sum = plus(sum, along(a, before), Expr.ratio(n, m));
            before = plus(before, a, Expr.ONE);
        }
        return sum;
    }

    /// Expressions with the means over batch k of the partition written out.
    private List<Expr> written(List<Expr> expressions, int k) {
        int size = batches.size();
        if (batches.examples() > MOST || batches.perEpoch() * size < batches.examples()) {
            throw refused.apply("a partition is written out for up to " + MOST + " examples, and a batch size that"
                    + " divides their number; take --sampling shuffle");
        }
        return Substitution.of(expressions, s -> isRandom(s) ? Written.mean(of(s), loss.data(), k * size, size) : s);
    }

    private List<Expr> along(List<Expr> f, List<Expr> direction) {
        return Derivative.along(f, loss.state(), List.of(direction), builder.leaves());
    }

    private static List<Expr> plus(List<Expr> a, List<Expr> b, Expr factor) {
        List<Expr> sum = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) sum.add(a.get(i).plus(b.get(i).times(factor)));
        return sum;
    }
}
