package ornstein.ensemble.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import ornstein.expr.Derivative;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Call;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Function;
import ornstein.expr.Substitution;
import ornstein.method.Mean;
import ornstein.method.OneStep;
import ornstein.method.Step;
import ornstein.method.Symbols;

/// The normals and uniforms of a step as finitely many nodes with weights, over which a mean is a sum.
///
/// Normals are the nodes of Gauss-Hermite rules, whose sums are the integrals of polynomials of degree at most
/// 15 in each. A uniform may occur only where it decides between values (`select`, `sign`), as discrete noise
/// is written; it is the middles of the intervals on which these decisions stay, with their lengths.
public final class NoiseNodes {
    /// Nodes of a normal.
    static final int HERMITE = 8;

    /// The most nodes of a step.
    static final long MOST = 200_000;

    /// A value of the noise with its probability.
    public record Node(double weight, OneStep.Noise noise) {}

    private record Point(double value, double weight) {}

    private NoiseNodes() {}

    /// The nodes of a step that takes no batches; empty where there are none, or too many.
    public static Optional<List<Node>> of(Step step) {
        if (step.batches().isPresent()) return Optional.empty();
        return smooth(step);
    }

    /// The nodes of the normals and uniforms alone.
    static Optional<List<Node>> smooth(Step step) {
        List<List<Point>> factors = new ArrayList<>();
        for (int j = 0; j < step.normals(); j++) factors.add(hermite());
        for (int j = 0; j < step.uniforms(); j++) {
            Optional<List<Point>> pieces = pieces(step, Symbols.uniform(j));
            if (pieces.isEmpty()) return Optional.empty();
            factors.add(pieces.get());
        }
        double count = 1;
        for (List<Point> f : factors) count *= f.size();
        if (count > MOST) return Optional.empty();
        List<Node> nodes = new ArrayList<>();
        collect(step, factors, new double[factors.size()], 0, 1, nodes);
        return Optional.of(nodes);
    }

    private static void collect(
            Step step, List<List<Point>> factors, double[] values, int at, double weight, List<Node> out) {
        if (at == values.length) {
            List<Double> all = Arrays.stream(values).boxed().toList();
            int normals = step.normals();
            out.add(new Node(
                    weight, new OneStep.Noise(all.subList(0, normals), all.subList(normals, all.size()), List.of())));
            return;
        }
        for (Point p : factors.get(at)) {
            values[at] = p.value();
            collect(step, factors, values, at + 1, weight * p.weight(), out);
        }
    }

    private static List<Point> hermite() {
        GaussIntegrator rule = new GaussIntegratorFactory().hermite(HERMITE);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < HERMITE; i++) {
            points.add(new Point(Math.sqrt(2) * rule.getPoint(i), rule.getWeight(i) / Math.sqrt(Math.PI)));
        }
        return points;
    }

    private static Optional<List<Point>> pieces(Step step, Sym uniform) {
        List<Expr> all = Stream.concat(
                        Stream.concat(
                                step.next().stream(), step.means().stream().map(Mean::body)),
                        step.failure().stream())
                .toList();
        for (Expr e : all) if (!Derivative.of(e, uniform).equals(Expr.ZERO)) return Optional.empty();
        TreeSet<Double> cuts = new TreeSet<>(List.of(0.0, 1.0));
        for (Expr e : all) {
            Optional<List<Double>> found = cuts(e, uniform);
            if (found.isEmpty()) return Optional.empty();
            cuts.addAll(found.get());
        }
        List<Point> points = new ArrayList<>();
        double last = 0;
        for (double cut : cuts) {
            if (cut > last) points.add(new Point((last + cut) / 2, cut - last));
            last = Math.max(last, cut);
        }
        return Optional.of(points);
    }

    /// Where decisions on the uniform change; empty if one is not affine in the uniform alone.
    private static Optional<List<Double>> cuts(Expr root, Sym uniform) {
        List<Double> found = new ArrayList<>();
        java.util.Set<Expr> seen = new java.util.HashSet<>();
        List<Expr> stack = new ArrayList<>(List.of(root));
        while (!stack.isEmpty()) {
            Expr e = stack.removeLast();
            if (!seen.add(e)) continue;
            stack.addAll(e.operands());
            if (!(e instanceof Call c)
                    || !(c.function() == Function.SELECT
                            || c.function() == Function.SIGN
                            || c.function() == Function.FLOOR)) continue;
            Expr decision = c.arguments().getFirst();
            if (!Substitution.symbols(List.of(decision)).contains(uniform)) continue;
            if (c.function() == Function.FLOOR
                    || !Substitution.symbols(List.of(decision)).equals(java.util.Set.of(uniform))
                    || !Derivative.of(Derivative.of(decision, uniform), uniform).equals(Expr.ZERO)) {
                return Optional.empty();
            }
            double at0 = Eval.of(decision, Map.of(uniform.name(), 0.0));
            double at1 = Eval.of(decision, Map.of(uniform.name(), 1.0));
            if (at0 * at1 < 0) found.add(at0 / (at0 - at1));
        }
        return Optional.of(found);
    }
}
