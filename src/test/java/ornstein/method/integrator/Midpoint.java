package ornstein.method.integrator;

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

/// x' = x + h f(t + h/2, x + h f/2) + b dW.
final class Midpoint implements StepMethod {
    @Override
    public About about() {
        return About.integrator("midpoint", "Euler-Maruyama, drift half a step on.", "Runge: Math. Ann. 46, 1895")
                .serves(Noise.ADDITIVE, 1, 1)
                .serves(Noise.GENERAL, 0.5, 1)
                .evaluates("2 drifts, 1 diffusion");
    }

    @Override
    public Step write(Model model, Settings settings) {
        Equation equation = new Equation((SdeModel) model);
        StepBuilder step = new StepBuilder(model, settings.stepSize());
        List<Expr> z = step.wiener(equation.sde().noises());
        Expr half = step.h().times(Expr.ratio(1, 2));
        List<Expr> x = equation.x();
        List<Expr> middle = Vectors.sum(x, Vectors.times(half, equation.sde().drift()));
        List<Expr> drift = equation.drift(Symbols.TIME.plus(half), middle);
        List<Expr> noise = equation.increment(step.h(), z, Symbols.TIME, x);
        return step.build(Vectors.sum(x, Vectors.times(step.h(), drift), noise));
    }
}
