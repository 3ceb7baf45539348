package ornstein.method.integrator;

import java.util.ArrayList;
import java.util.List;
import ornstein.expr.Expr;
import ornstein.expr.Function;
import ornstein.method.About;
import ornstein.method.Halving;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepBuilder;
import ornstein.method.StepMethod;
import ornstein.method.Symbols;
import ornstein.model.Model;
import ornstein.model.Noise;
import ornstein.model.SdeModel;

/// x' = x + h f + sqrt(h) sum of b_k z_k + (h/2) sum of b_j' b_k (z_j z_k - [j = k]): with noises that
/// commute the iterated integrals of different Wiener processes enter by their sums z_j z_k alone. The error
/// is estimated by the sizes of these terms, with |z_j z_k| + 1 so that no chance makes them vanish, and by
/// the change of the drift over the step of Euler-Maruyama.
final class Milstein implements StepMethod {
    @Override
    public About about() {
        return About.integrator(
                        "milstein",
                        "Euler-Maruyama with the second-order terms of the noise, for noises that commute.",
                        "Milstein: Approximate integration of stochastic differential equations, Theory of Probability"
                                + " and its Applications 19, 1975")
                .serves(Noise.COMMUTATIVE, 1, 1)
                .takes(Halving.TOLERANCE)
                .evaluates("1 drift, 1 diffusion with its derivative");
    }

    @Override
    public Step write(Model model, Settings settings) {
        SdeModel sde = (SdeModel) model;
        Equation equation = new Equation(sde);
        StepBuilder step = new StepBuilder(sde, settings.stepSize());
        List<Expr> z = step.wiener(sde.noises());
        List<Expr> euler = equation.euler(step.h(), z);
        List<List<Expr>> terms = new ArrayList<>();
        List<List<Expr>> error = new ArrayList<>();
        for (int j = 0; j < z.size(); j++) {
            if (equation.isAdditive(j)) continue;
            for (int k = j; k < z.size(); k++) {
                List<Expr> along = equation.along(j, k);
                if (Vectors.isZero(along)) continue;
                Expr pair = j == k
                        ? z.get(k).pow(2).minus(Expr.ONE).over(Expr.num(2))
                        : z.get(j).times(z.get(k));
                terms.add(Vectors.times(step.h().times(pair), along));
                error.add(size(step.h(), z.get(j), z.get(k), along));
            }
        }
        List<Expr> later = equation.drift(Symbols.TIME.plus(step.h()), euler);
        List<Expr> change = Vectors.sum(later, Vectors.times(Expr.num(-1), sde.drift()));
        error.add(Vectors.abs(Vectors.times(step.h().over(Expr.num(2)), change)));
        error.add(equation.noiseOfDrift(step.h()));
        step.error(Vectors.sum(error));
        terms.add(euler);
        return step.build(Vectors.sum(terms));
    }

    private static List<Expr> size(Expr h, Expr a, Expr b, List<Expr> term) {
        Expr chance = Expr.call(Function.ABS, a.times(b)).plus(Expr.ONE);
        return Vectors.times(h.times(chance).over(Expr.num(2)), Vectors.abs(term));
    }
}
