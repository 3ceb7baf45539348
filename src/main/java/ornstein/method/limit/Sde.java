package ornstein.method.limit;

import java.util.ArrayList;
import java.util.List;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.method.About;
import ornstein.method.Methods;
import ornstein.method.Option;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepMethod;
import ornstein.method.derive.ModifiedEquation;
import ornstein.model.LossModel;
import ornstein.model.Model;
import ornstein.spec.UserError;

/// The stochastic differential equations that approximate an algorithm weakly to an order in eta, in s = eta
/// k. At a fixed beta those of momentum have order 1 in eta, whatever theirs in sqrt(eta) at a fixed mu.
///
/// SGD (Li, Tai and E 2019, theorems 9 and 10): dw = -grad(L + (order-1) (eta/4) |grad L|^2) ds + sqrt(eta)
/// Sigma^(1/2) dB. That of NGD is the same, since the mean and the covariance of a step decide; SVAG's has
/// eta/l in the drift, the size of its steps, and the same noise. Momentum, with mu = (1 - beta)/sqrt(eta)
/// and V = -sqrt(eta) v in the time t = s/sqrt(eta): dw = V dt, dV = -(mu V + grad L) dt + eta^(1/4)
/// Sigma^(1/2) dB, and at order 2 dw = ((1 - sqrt(eta) mu/2) V - (sqrt(eta)/2) grad L) dt, dV = -((mu +
/// (sqrt(eta)/2)(mu^2 - H)) V + (1 + sqrt(eta) mu/2) grad L) dt + eta^(1/4) Sigma^(1/2) dB. RMSprop and Adam
/// are in [Adaptive].
///
/// @param order 1 or 2
record Sde(int order) implements StepMethod {
    @Override
    public About about() {
        return About.limit(
                        "sde" + order,
                        "The stochastic differential equation that approximates an algorithm weakly to order " + order
                                + " in eta; of momentum in sqrt(eta) at a fixed (1 - beta)/sqrt(eta)"
                                + (order == 1
                                        ? ", of rmsprop and adam at a fixed (1 - beta)/eta^2."
                                        : "; of rmsprop and adam none is known."),
                        order == 1
                                ? List.of("sgd", "ngd", "svag", "momentum", "rmsprop", "adam", "adamw")
                                : List.of("sgd", "ngd", "svag", "momentum"),
                        "Li, Tai, E: Stochastic modified equations and dynamics of stochastic gradient algorithms I,"
                                + " JMLR 20, 2019, arXiv:1511.06251"
                                + (order == 1
                                        ? "; Malladi et al.: On the SDEs and scaling rules for adaptive gradient"
                                                + " algorithms, 2022, arXiv:2205.10287"
                                        : ""))
                .evaluates("2 drifts, 1 covariance of the gradient over the data; with adaptive steps 1 drift");
    }

    @Override
    public Step write(Model model, Settings settings) {
        LossModel loss = (LossModel) model;
        Equation e = new Equation(name(), loss, settings);
        return switch (of(settings)) {
            case "momentum" -> momentum(e, settings);
            case "rmsprop" -> new Adaptive(e, this, settings).rmsprop();
            case "adam", "adamw" -> new Adaptive(e, this, settings).adam();
            default -> sgd(e, model, settings);
        };
    }

    private Step sgd(Equation e, Model model, Settings settings) {
        StepMethod sgd = (StepMethod) Methods.named("sgd");
        ModifiedEquation drift = ModifiedEquation.of(sgd, model, Limit.settings(sgd, settings), order - 1);
        Expr steps = of(settings).equals("svag")
                ? e.step.constant("amplification", Limit.number(this, settings, "amplification"))
                : Expr.ONE;
        List<List<Expr>> noise = times(e.eta().sqrt(), e.noise());
        return e.trapezoid(List.of(), e.drift(drift, e.eta().over(steps)), noise);
    }

    private Step momentum(Equation e, Settings settings) {
        double beta = Limit.number(this, settings, "beta");
        coupled(settings);
        Expr factor = Expr.num(1 - Limit.number(this, settings, "dampening"));
        List<Expr> g = e.gradient().stream().map(factor::times).toList();
        List<List<Expr>> sigma = times(factor, e.noise());
        int d = g.size();
        Expr root = e.eta().sqrt();
        Expr mu = e.step.constant("mu", (1 - beta) / Math.sqrt(settings.number(Option.ETA)));
        List<Sym> v = new ArrayList<>();
        for (Sym w : e.loss.state()) v.add(e.step.extra("V-" + w.name(), Expr.ZERO));
        Expr half = order == 1 ? Expr.ZERO : root.times(Expr.ratio(1, 2));
        List<Expr> drift = new ArrayList<>();
        List<Expr> push = new ArrayList<>();
        for (int i = 0; i < d; i++) {
            Expr moved = Expr.ONE.minus(half.times(mu)).times(v.get(i)).minus(half.times(g.get(i)));
            drift.add(moved.over(root));
            List<Expr> bent = new ArrayList<>();
            for (int j = 0; j < d && order == 2; j++) {
                bent.add(e.step.derivative(g.get(i), e.loss.state().get(j)).times(v.get(j)));
            }
            Expr friction = mu.plus(half.times(mu.pow(2))).times(v.get(i)).minus(half.times(Expr.sum(bent)));
            Expr pull = Expr.ONE.plus(half.times(mu)).times(g.get(i));
            push.add(friction.plus(pull).negate().over(root));
        }
        drift.addAll(push);
        List<List<Expr>> noise = new ArrayList<>(times(Expr.ZERO, sigma));
        noise.addAll(sigma);
        return e.trapezoid(v, drift, noise);
    }

    private void coupled(Settings settings) {
        if (Limit.number(this, settings, "decoupled") != 0) {
            throw new UserError("--decoupled: " + name() + " of " + of(settings)
                    + " has the weight decay in the gradient;" + " leave it out");
        }
    }

    private static List<List<Expr>> times(Expr factor, List<List<Expr>> matrix) {
        return matrix.stream()
                .map(row -> row.stream().map(factor::times).toList())
                .toList();
    }
}
