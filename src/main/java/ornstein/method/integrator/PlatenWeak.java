package ornstein.method.integrator;

import java.util.ArrayList;
import java.util.List;
import ornstein.expr.Expr;
import ornstein.method.About;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepBuilder;
import ornstein.method.StepMethod;
import ornstein.method.Symbols;
import ornstein.model.Model;
import ornstein.model.Noise;
import ornstein.model.SdeModel;

/// Platen's explicit method of weak order 2 (Kloeden, Platen 1992, equation 15.1.3), with the time as a further
/// coordinate. With u_k of three points, y = x + h f + sum sqrt(h) b_k u_k, r_k = x + h f +- sqrt(h) b_k,
/// v_k = x +- sqrt(h) b_k and I_kl as in [WeakVariables], 2 I_kl = u_k u_l + V_kl:
///
///     x' = x + (h/2) (f(y) + f)
///        + (sqrt(h)/4) sum_k [b_k(r_k+) + b_k(r_k-) + 2 b_k + sum_l!=k (b_k(v_l+) + b_k(v_l-) - 2 b_k)] u_k
///        + (sqrt(h)/4) sum_k [(b_k(r_k+) - b_k(r_k-)) 2 I_kk + sum_l!=k (b_k(v_l+) - b_k(v_l-)) 2 I_lk]
final class PlatenWeak implements StepMethod {
    @Override
    public About about() {
        return About.integrator(
                        "platen-weak2",
                        "Platen's explicit method of weak order 2 for any noise, with discrete variables.",
                        "Platen: Zur zeitdiskreten Approximation von Itoprozessen, Diss. B, Academy of Sciences of the"
                                + " GDR, 1984; Kloeden, Platen: Numerical Solution of Stochastic Differential"
                                + " Equations, 1992, section 15.1")
                .serves(Noise.GENERAL, Double.NaN, 2)
                .evaluates("2 drifts, 1 + 2 m diffusions of each of m noises");
    }

    @Override
    public Step write(Model model, Settings settings) {
        SdeModel sde = (SdeModel) model;
        Equation equation = new Equation(sde);
        StepBuilder step = new StepBuilder(sde, settings.stepSize());
        Expr h = step.h();
        Expr end = Symbols.TIME.plus(h);
        int m = sde.noises();
        WeakVariables v = WeakVariables.of(step, m);
        List<Expr> x = equation.x();
        List<Expr> drifted = Vectors.sum(x, Vectors.times(h, sde.drift()));
        List<Expr> y = Vectors.sum(drifted, equation.increment(h, v.singles(), Symbols.TIME, x));
        List<List<Expr>> terms = new ArrayList<>();
        terms.add(x);
        terms.add(Vectors.times(h.over(Expr.num(2)), Vectors.sum(sde.drift(), equation.drift(end, y))));
        Expr quarter = h.sqrt().times(Expr.ratio(1, 4));
        for (int k = 0; k < m; k++) {
            Expr single = quarter.times(v.single(k));
            List<Expr> here = equation.noise(k, Symbols.TIME, x);
            terms.add(Vectors.times(single.times(Expr.num(2)), here));
            for (int l = 0; l < m; l++) {
                boolean own = l == k;
                List<Expr> shift = Vectors.times(h.sqrt(), equation.noise(l, Symbols.TIME, x));
                List<Expr> base = own ? drifted : x;
                Expr time = own ? end : Symbols.TIME;
                List<Expr> up = equation.noise(k, time, Vectors.sum(base, shift));
                List<Expr> down = equation.noise(k, time, Vectors.sum(base, Vectors.times(Expr.num(-1), shift)));
                Expr pair = quarter.times(v.pair(l, k)).times(Expr.num(2));
                terms.add(Vectors.times(single.plus(pair), up));
                terms.add(Vectors.times(single.minus(pair), down));
                if (!own) terms.add(Vectors.times(single.times(Expr.num(-2)), here));
            }
        }
        return step.build(Vectors.sum(terms));
    }
}
