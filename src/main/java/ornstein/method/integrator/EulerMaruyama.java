package ornstein.method.integrator;

import java.util.ArrayList;
import java.util.List;
import ornstein.expr.Expr;
import ornstein.method.About;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepBuilder;
import ornstein.method.StepMethod;
import ornstein.model.Model;
import ornstein.model.Noise;
import ornstein.model.SdeModel;

/// x' = x + h f(x) + sqrt(h) b(x) z.
final class EulerMaruyama implements StepMethod {
    @Override
    public About about() {
        return About.integrator(
                        "euler-maruyama",
                        "The explicit Euler method of an Ito equation, with any noise.",
                        "Maruyama: Continuous Markov processes and stochastic equations, 1955")
                .serves(Noise.ADDITIVE, 1, 1)
                .serves(Noise.GENERAL, 0.5, 1)
                .evaluates("1 drift, 1 diffusion");
    }

    @Override
    public Step write(Model model, Settings settings) {
        SdeModel sde = (SdeModel) model;
        StepBuilder step = new StepBuilder(sde, settings.stepSize());
        List<Expr> z = step.wiener(sde.noises());
        List<Expr> next = new ArrayList<>();
        for (int i = 0; i < sde.dimension(); i++) {
            List<Expr> terms = new ArrayList<>();
            terms.add(sde.state().get(i));
            terms.add(step.h().times(sde.drift().get(i)));
            for (int k = 0; k < z.size(); k++) {
                terms.add(step.h().sqrt().times(sde.diffusion().get(i).get(k)).times(z.get(k)));
            }
            next.add(Expr.sum(terms));
        }
        return step.build(next);
    }
}
