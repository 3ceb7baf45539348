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

/// y = x + h g(x) + b(x) dW, x' = x + (h/2) (g(x) + g(y)) + (1/2) (b(x) + b(y)) dW, with the drift g of the same
/// equation in Stratonovich's form, to which this method converges.
final class StratonovichHeun implements StepMethod {
    @Override
    public About about() {
        return About.integrator(
                        "heun-stratonovich",
                        "The explicit trapezoidal rule for the Stratonovich form, to which the Ito drift is converted.",
                        "Ruemelin: Numerical treatment of stochastic differential equations, SIAM Journal on Numerical"
                                + " Analysis 19, 1982")
                .serves(Noise.ADDITIVE, 1, 2)
                .serves(Noise.COMMUTATIVE, 1, 1)
                .serves(Noise.GENERAL, 0.5, 1)
                .evaluates("2 drifts, 2 diffusions");
    }

    @Override
    public Step write(Model model, Settings settings) {
        SdeModel sde = (SdeModel) model;
        Equation equation = new Equation(sde);
        StepBuilder step = new StepBuilder(sde, settings.stepSize());
        List<Expr> z = step.wiener(sde.noises());
        Expr half = Expr.ratio(1, 2);
        Expr end = Symbols.TIME.plus(step.h());
        List<Expr> x = equation.x();
        List<Expr> g = equation.stratonovich();
        List<Expr> noise = equation.increment(step.h(), z, Symbols.TIME, x);
        List<Expr> y = Vectors.sum(x, Vectors.times(step.h(), g), noise);
        List<Expr> later = equation.increment(step.h(), z, end, y);
        List<Expr> drift = Vectors.sum(g, equation.at(g, end, y));
        return step.build(Vectors.sum(
                x, Vectors.times(step.h().times(half), drift), Vectors.times(half, Vectors.sum(noise, later))));
    }
}
