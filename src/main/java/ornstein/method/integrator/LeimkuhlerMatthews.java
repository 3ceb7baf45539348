package ornstein.method.integrator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.method.About;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepBuilder;
import ornstein.method.StepMethod;
import ornstein.method.Symbols;
import ornstein.model.Model;
import ornstein.model.Noise;
import ornstein.model.SdeModel;

/// x' = x + h f(x) + sqrt(h) b (R + R')/2, with R the normals of the step before. Euler-Maruyama at no more
/// cost, but with a stationary law of second order; exact where the potential is quadratic.
final class LeimkuhlerMatthews implements StepMethod {
    @Override
    public About about() {
        return About.integrator(
                        "leimkuhler-matthews",
                        "Euler-Maruyama with the mean of two steps' noises, of order 2 for the stationary law of an"
                                + " overdamped Langevin equation.",
                        "Leimkuhler, Matthews: Rational construction of stochastic numerical methods for molecular"
                                + " sampling, Applied Mathematics Research eXpress 2013, arXiv:1203.5428")
                .serves(Noise.ADDITIVE, Double.NaN, 1)
                .evaluates("1 drift");
    }

    @Override
    public Optional<String> objection(SdeModel sde) {
        return Langevin.objection(sde);
    }

    @Override
    public Step write(Model model, Settings settings) {
        SdeModel sde = (SdeModel) model;
        Equation equation = new Equation(sde);
        StepBuilder step = new StepBuilder(sde, settings.stepSize());
        List<Expr> z = step.normals(sde.dimension());
        List<Expr> means = new ArrayList<>();
        for (int i = 0; i < sde.dimension(); i++) {
            Sym before = step.extra("R" + i, Symbols.START);
            means.add(before.plus(z.get(i)).times(Expr.ratio(1, 2)));
        }
        List<Expr> next = new ArrayList<>(equation.euler(step.h(), means));
        next.addAll(z);
        return step.build(next);
    }
}
