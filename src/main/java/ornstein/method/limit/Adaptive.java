package ornstein.method.limit;

import java.util.ArrayList;
import java.util.List;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Function;
import ornstein.method.Option;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.Symbols;

/// The first-order equations of RMSprop and Adam for gradients that the noise dominates (Malladi, Lyu,
/// Panigrahi and Arora, arXiv:2205.10287), in s = eta k. With C = diag Sigma and a_i = (1 - beta_i)/eta,
///
/// - RMSprop: dv = a_2 (C - v) ds, dw = -(grad L ds + sqrt(eta) Sigma^(1/2) dB)/(sqrt v + eps);
/// - Adam: dv likewise, dm = a_1 (grad L - m) ds + a_1 sqrt(eta) Sigma^(1/2) dB, dw = -(m/c_1)/(sqrt(v/c_2) +
///   eps) ds with c_i = 1 - exp(-a_i s).
///
/// With decoupled weight decay (AdamW), lambda w leaves the gradient and dw has -lambda w ds. The equations
/// are also those of the algorithms with amplified noise ([ornstein.method.algorithm.Amplified]), and their
/// limit.
///
/// A step moves v and m with gradient and covariance held, exactly, and then w by Euler's method with the new
/// ones, as the algorithms do: v may begin at 0.
///
/// @param limit for options and messages
record Adaptive(Equation e, Sde limit, Settings settings) {
    Step rmsprop() {
        List<Expr> g = gradient();
        List<Expr> push = kicks(e.eta().sqrt().times(e.dt().sqrt()));
        List<Expr> v = second(rate("beta2"));
        List<Expr> next = new ArrayList<>();
        for (int i = 0; i < g.size(); i++) {
            Expr moved = e.dt().times(g.get(i)).plus(push.get(i));
            next.add(kept(i).minus(moved.over(root(v.get(i)))));
        }
        next.addAll(v);
        return e.step.build(next);
    }

    Step adam() {
        Expr a1 = rate("beta1");
        Expr a2 = rate("beta2");
        List<Expr> g = gradient();
        Expr lost = Expr.ONE.minus(exp(a1.times(e.dt()).times(Expr.num(-2))));
        List<Expr> push =
                kicks(e.eta().times(lost).times(a1).times(Expr.ratio(1, 2)).sqrt());
        Expr kept = exp(a1.times(e.dt()).negate());
        List<Expr> m = new ArrayList<>();
        for (int i = 0; i < g.size(); i++) {
            Sym moment = e.step.extra("m-" + e.loss.state().get(i).name(), Expr.ZERO);
            m.add(kept.times(moment).plus(Expr.ONE.minus(kept).times(g.get(i))).plus(push.get(i)));
        }
        List<Expr> v = second(a2);
        Expr end = Symbols.TIME.plus(e.dt());
        Expr c1 = Expr.ONE.minus(exp(a1.times(end).negate()));
        Expr c2 = Expr.ONE.minus(exp(a2.times(end).negate()));
        List<Expr> next = new ArrayList<>();
        for (int i = 0; i < g.size(); i++) {
            Expr moved = m.get(i).over(c1).over(root(v.get(i).over(c2)));
            next.add(kept(i).minus(e.dt().times(moved)));
        }
        next.addAll(m);
        next.addAll(v);
        return e.step.build(next);
    }

    private boolean isDecoupled() {
        String of = limit.of(settings);
        return of.equals("adamw") || (of.equals("rmsprop") && Limit.number(limit, settings, "decoupled") == 1);
    }

    private List<Expr> gradient() {
        return isDecoupled() ? e.plainGradient() : e.gradient();
    }

    /// The weight, less what decay beside the update takes off.
    private Expr kept(int i) {
        Expr w = e.loss.state().get(i);
        return isDecoupled() ? w.minus(e.dt().times(e.lambda()).times(w)) : w;
    }

    /// (1 - beta)/eta.
    private Expr rate(String beta) {
        double rate = (1 - Limit.number(limit, settings, beta)) / settings.number(Option.ETA);
        return e.step.constant("rate-" + beta, rate);
    }

    private Expr root(Expr v) {
        Expr eps = Expr.num(Limit.number(limit, settings, "eps"));
        return Limit.number(limit, settings, "inside") == 1
                ? v.plus(eps).sqrt()
                : v.sqrt().plus(eps);
    }

    /// Next values of the second moment.
    private List<Expr> second(Expr rate) {
        Expr kept = exp(rate.times(e.dt()).negate());
        List<Expr> variances = e.variances();
        List<Expr> next = new ArrayList<>();
        for (int i = 0; i < variances.size(); i++) {
            Sym v = e.step.extra("v-" + e.loss.state().get(i).name(), Expr.ZERO);
            next.add(kept.times(v).plus(Expr.ONE.minus(kept).times(variances.get(i))));
        }
        return next;
    }

    /// Sigma^(1/2) z times a factor.
    private List<Expr> kicks(Expr factor) {
        List<List<Expr>> sigma = e.noise();
        List<Expr> z = e.step.normals(sigma.getFirst().size());
        List<Expr> kicks = new ArrayList<>();
        for (List<Expr> row : sigma) {
            List<Expr> terms = new ArrayList<>();
            for (int k = 0; k < z.size(); k++)
                terms.add(row.get(k).times(z.get(k)).times(factor));
            kicks.add(Expr.sum(terms));
        }
        return kicks;
    }

    private static Expr exp(Expr e) {
        return Expr.call(Function.EXP, e);
    }
}
