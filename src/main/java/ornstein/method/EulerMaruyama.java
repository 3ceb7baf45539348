package ornstein.method;

import java.util.ArrayList;
import java.util.List;
import ornstein.expr.Expr;
import ornstein.model.Model;
import ornstein.model.Noise;
import ornstein.model.SdeModel;

/// x' = x + h f(x) + sqrt(h) b(x) z.
final class EulerMaruyama implements StepMethod {
    @Override
    public String name() {
        return "euler-maruyama";
    }

    @Override
    public String about() {
        return "The explicit Euler method of an Ito equation, with any noise.";
    }

    @Override
    public Kind kind() {
        return Kind.INTEGRATOR;
    }

    @Override
    public List<Order> orders() {
        return List.of(Order.of(Noise.ADDITIVE, 1, 1), Order.of(Noise.GENERAL, 0.5, 1));
    }

    @Override
    public String evaluations() {
        return "1 drift, 1 diffusion";
    }

    @Override
    public String citation() {
        return "Maruyama: Continuous Markov processes and stochastic equations, 1955";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public Step write(Model model, Settings settings) {
        SdeModel sde = (SdeModel) model;
        StepBuilder step = new StepBuilder(sde, settings.stepSize());
        List<Expr> z = step.normals(sde.noises());
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
