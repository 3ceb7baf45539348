package ornstein.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import ornstein.expr.Derivative.Leaves;
import ornstein.expr.Expr.Sym;

class SlowManifoldTest {
    private static final Sym H = Expr.sym("h");
    private static final Sym X = Expr.sym("x");
    private static final Sym Y = Expr.sym("y");
    private static final Sym V = Expr.sym("v");
    private static final Sym W = Expr.sym("w");
    private static final List<Sym> XY = List.of(X, Y);
    private static final Map<String, Double> AT = Map.of("x", 0.7, "y", -0.4);

    /// v' = beta v + grad L, x' = x - h v': flow on L/(1-beta) + h (1+beta)/(4 (1-beta)^3) |grad L|^2 (Ghosh et
    /// al., arXiv:2302.00849).
    @Test
    void heavyBall() {
        Expr loss = parse("x^4/4 + sin(x*y) + y^2");
        List<Expr> g = Derivative.gradient(loss, XY);
        for (double beta : new double[] {0, 0.5, 0.9}) {
            List<Expr> v = List.of(V.times(beta).plus(g.get(0)), W.times(beta).plus(g.get(1)));
            List<Expr> x = List.of(X.minus(H.times(v.get(0))), Y.minus(H.times(v.get(1))));
            List<List<Expr>> field = new SlowManifold(XY, List.of(V, W), H, Leaves.INDEPENDENT)
                    .reduce(x, v, 2)
                    .modifiedField();
            Expr squares = g.get(0).pow(2).plus(g.get(1).pow(2));
            check(field.get(0), loss, -1 / (1 - beta));
            check(field.get(1), squares, -(1 + beta) / (4 * Math.pow(1 - beta, 3)));
        }
    }

    /// The flow on the manifold follows heavy ball to the order of its terms, seen after the transient: the roots
    /// of the quadratic's characteristic polynomial z^2 - (1 + beta - h a) z + beta = 0.
    @Test
    void heavyBallOnAQuadraticHasTheRateOfItsCharacteristicRoot() {
        double beta = 0.8;
        double a = 1.7;
        Expr v = V.times(beta).plus(X.times(a));
        List<List<Expr>> field = new SlowManifold(List.of(X), List.of(V), H, Leaves.INDEPENDENT)
                .reduce(List.of(X.minus(H.times(v))), List.of(v), 5)
                .modifiedField();
        double h = 1e-3;
        double b = 1 + beta - h * a;
        double rate = Math.log((b + Math.sqrt(b * b - 4 * beta)) / 2) / h;
        double sum = 0;
        double[] error = new double[5];
        for (int k = 0; k < 5; k++) {
            sum += Math.pow(h, k) * Eval.of(field.get(k).get(0), Map.of("x", 1.0));
            error[k] = Math.abs(sum - rate);
        }
        // each further term gains a factor of about h a (1 + beta)/(1 - beta)^2 = 0.08
        for (int k = 1; k < 5; k++) {
            assertEquals(0, error[k] / error[k - 1], 0.12);
        }
        assertEquals(rate, sum, 1e-4 * Math.abs(rate));
    }

    /// The bias of Adam with epsilon inside the root, after its transients (Cattaneo et al., arXiv:2309.00079).
    @Test
    void adam() {
        double beta = 0.5;
        double rho = 0.7;
        double eps = 0.5;
        Expr loss = parse("x^2/2 + x^4/10 + x*y^2/3");
        List<Expr> g = Derivative.gradient(loss, XY);
        List<Sym> extra = List.of(Expr.sym("m0"), Expr.sym("m1"), Expr.sym("v0"), Expr.sym("v1"));
        List<Expr> next = new ArrayList<>();
        List<Expr> moments = new ArrayList<>();
        List<Expr> squares = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Expr m = extra.get(i).times(beta).plus(g.get(i).times(1 - beta));
            Expr v = extra.get(i + 2).times(rho).plus(g.get(i).pow(2).times(1 - rho));
            moments.add(m);
            squares.add(v);
            next.add(XY.get(i).minus(H.times(m).over(v.plus(Expr.num(eps)).sqrt())));
        }
        moments.addAll(squares);
        List<List<Expr>> field = new SlowManifold(XY, extra, H, Leaves.INDEPENDENT)
                .reduce(next, moments, 2)
                .modifiedField();
        Expr norm = Expr.ZERO;
        for (Expr gi : g) {
            norm = norm.plus(gi.pow(2).plus(Expr.num(eps)).sqrt());
        }
        for (int i = 0; i < 2; i++) {
            double gi = Eval.of(g.get(i), AT);
            double scale = gi * gi + eps;
            double bias = 0.5
                    * ((1 + beta) / (1 - beta) - (1 + rho) / (1 - rho) + (1 + rho) / (1 - rho) * eps / scale)
                    * Eval.of(Derivative.of(norm, XY.get(i)), AT);
            assertEquals(-gi / Math.sqrt(scale), Eval.of(field.get(0).get(i), AT), 1e-13);
            assertEquals(-bias / Math.sqrt(scale), Eval.of(field.get(1).get(i), AT), 1e-12);
        }
    }

    /// The map on the manifold against the step itself, run from far away until the transient is gone.
    @Test
    void theStepStaysOnTheManifold() {
        Expr v = V.times(0.4)
                .plus(parse("sin(x) + x^3").times(0.6))
                .plus(H.times(X).times(V));
        Expr next = X.minus(H.times(v)).plus(H.pow(2).times(X).times(V));
        MapSeries map =
                new SlowManifold(List.of(X), List.of(V), H, Leaves.INDEPENDENT).reduce(List.of(next), List.of(v), 3);
        double[] error = new double[2];
        for (int i = 0; i < 2; i++) {
            double h = 0.004 / (1 << i);
            Map<String, Double> at = arriveAt(1, h, next, v);
            double x1 = Eval.of(next, at);
            double predicted = Eval.of(X, at);
            for (int k = 0; k < 3; k++) {
                predicted +=
                        Math.pow(h, k + 1) * Eval.of(map.coefficients().get(k).get(0), at);
            }
            error[i] = Math.abs(x1 - predicted);
        }
        assertEquals(4, Math.log(error[0] / error[1]) / Math.log(2), 0.2);
    }

    /// The state after 40 steps that end at x, from the right start, found by bisection.
    private static Map<String, Double> arriveAt(double x, double h, Expr next, Expr nextV) {
        double low = x;
        double high = x + 1;
        Map<String, Double> at = new HashMap<>(Map.of("h", h));
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            at.put("x", middle);
            at.put("v", 5.0);
            for (int k = 0; k < 40; k++) {
                double[] step = Eval.of(List.of(next, nextV), at);
                at.put("x", step[0]);
                at.put("v", step[1]);
            }
            boolean below = Eval.of(X, at) < x;
            low = below ? middle : low;
            high = below ? high : middle;
        }
        return at;
    }

    @Test
    void extraStateThatDoesNotForgetIsRefused() {
        SlowManifold m = new SlowManifold(List.of(X), List.of(V), H, Leaves.INDEPENDENT);
        List<Expr> next = List.of(X.minus(H.times(V)));
        assertThrows(ExprException.class, () -> m.reduce(next, List.of(V.plus(X)), 2));
        assertThrows(ExprException.class, () -> m.reduce(next, List.of(V.times(X)), 2));
        assertThrows(ExprException.class, () -> m.reduce(List.of(V), List.of(X), 2));
    }

    private static void check(List<Expr> field, Expr potential, double factor) {
        List<Expr> gradient = Derivative.gradient(potential, XY);
        for (int i = 0; i < 2; i++) {
            double want = factor * Eval.of(gradient.get(i), AT);
            assertEquals(want, Eval.of(field.get(i), AT), 1e-10 * (1 + Math.abs(want)));
        }
    }

    private static Expr parse(String text) {
        return Parser.parse(text, List.of("x", "y"), "test");
    }
}
