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

/// x' = x + h f/(1 + h |f|) + b dW: no step of the drift is longer than 1.
final class TamedEuler implements StepMethod {
    @Override
    public About about() {
        return About.integrator(
                        "tamed-euler",
                        "Euler-Maruyama with a bounded step, for drifts that grow faster than linearly.",
                        "Hutzenthaler, Jentzen, Kloeden: Strong convergence of an explicit numerical method for SDEs"
                                + " with nonglobally Lipschitz continuous coefficients, Annals of Applied Probability"
                                + " 22, 2012, arXiv:1010.3756")
                .serves(Noise.ADDITIVE, 1, 1)
                .serves(Noise.GENERAL, 0.5, 1)
                .evaluates("1 drift, 1 diffusion");
    }

    @Override
    public Step write(Model model, Settings settings) {
        SdeModel sde = (SdeModel) model;
        Equation equation = new Equation(sde);
        StepBuilder step = new StepBuilder(sde, settings.stepSize());
        List<Expr> z = step.wiener(sde.noises());
        Expr length = Expr.sum(sde.drift().stream().map(f -> f.pow(2)).toList()).sqrt();
        Expr tame = step.h().over(Expr.ONE.plus(step.h().times(length)));
        return step.build(Vectors.sum(
                equation.x(),
                Vectors.times(tame, sde.drift()),
                equation.increment(step.h(), z, Symbols.TIME, equation.x())));
    }
}
