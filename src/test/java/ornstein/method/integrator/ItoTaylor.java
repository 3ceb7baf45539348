package ornstein.method.integrator;

import java.util.ArrayList;
import java.util.List;
import ornstein.expr.Derivative;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.model.SdeModel;

/// Expansions of the solution of an equation over a step, from its generator and its noise operators (Kloeden, Platen:
/// Numerical Solution of Stochastic Differential Equations, 1992, sections 5.5 and 10.4).
record ItoTaylor(SdeModel sde) {
    /// The generator L0 = d/dt + f . grad + (1/2) sum_k b_k . hess b_k.
    Expr generator(Expr phi) {
        List<Expr> terms = new ArrayList<>();
        terms.add(Derivative.of(phi, SdeModel.TIME));
        List<Sym> x = sde.state();
        for (int i = 0; i < x.size(); i++) {
            Expr slope = Derivative.of(phi, x.get(i));
            terms.add(sde.drift().get(i).times(slope));
            for (int j = 0; j < x.size(); j++) {
                Expr second = Derivative.of(slope, x.get(j));
                for (int k = 0; k < sde.noises(); k++) {
                    Expr bi = sde.diffusion().get(i).get(k);
                    Expr bj = sde.diffusion().get(j).get(k);
                    terms.add(Expr.product(List.of(Expr.ratio(1, 2), bi, bj, second)));
                }
            }
        }
        return Expr.sum(terms);
    }

    /// The operator of noise k, b_k . grad.
    Expr along(int k, Expr phi) {
        List<Expr> terms = new ArrayList<>();
        for (int i = 0; i < sde.dimension(); i++) {
            terms.add(sde.diffusion()
                    .get(i)
                    .get(k)
                    .times(Derivative.of(phi, sde.state().get(i))));
        }
        return Expr.sum(terms);
    }

    /// E phi(X_h) up to h^order.
    Expr mean(Expr phi, int order, Expr h) {
        List<Expr> terms = new ArrayList<>();
        Expr now = phi;
        Expr factor = Expr.ONE;
        for (int p = 0; p <= order; p++) {
            terms.add(factor.times(now));
            now = generator(now);
            factor = factor.times(h).times(Expr.ratio(1, p + 1));
        }
        return Expr.sum(terms);
    }

    /// Coordinate i after a step, to strong order 1/2, 1 (noises that commute) or 3/2 (diagonal, scalar and additive
    /// noise).
    /// @param z increments divided by sqrt(h)
    /// @param y with int W ds = h^(3/2) (z + y/sqrt(3))/2; empty below order 3/2
    Expr path(int i, double order, Expr h, List<Expr> z, List<Expr> y) {
        Expr f = sde.drift().get(i);
        Expr half = Expr.ratio(1, 2);
        List<Expr> terms = new ArrayList<>(List.of(sde.state().get(i), h.times(f)));
        for (int k = 0; k < z.size(); k++) {
            Expr b = sde.diffusion().get(i).get(k);
            Expr zk = z.get(k);
            terms.add(Expr.product(List.of(h.sqrt(), zk, b)));
            if (order < 1) continue;
            for (int j = 0; j < z.size(); j++) {
                Expr product = zk.times(z.get(j)).minus(j == k ? Expr.ONE : Expr.ZERO);
                terms.add(Expr.product(List.of(half, h, product, along(j, b))));
            }
            if (order < 1.5) continue;
            Expr root = h.pow(3).sqrt();
            Expr integral =
                    root.times(half).times(zk.plus(y.get(k).over(Expr.num(3).sqrt())));
            Expr cube = root.times(zk.pow(3).minus(zk.times(3))).times(Expr.ratio(1, 6));
            terms.add(along(k, f).times(integral));
            terms.add(generator(b).times(root.times(zk).minus(integral)));
            terms.add(along(k, along(k, b)).times(cube));
        }
        if (order >= 1.5) terms.add(Expr.product(List.of(half, h.pow(2), generator(f))));
        return Expr.sum(terms);
    }
}
