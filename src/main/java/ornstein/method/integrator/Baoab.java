package ornstein.method.integrator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Function;
import ornstein.method.About;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepBuilder;
import ornstein.method.StepMethod;
import ornstein.method.Symbols;
import ornstein.model.Model;
import ornstein.model.Noise;
import ornstein.model.SdeModel;
import ornstein.model.Start;

/// dx = v dt, dv = (f(x) - gamma v) dt + sqrt(2 gamma T) dW with T half the square of the diffusion: half a
/// kick, half a drift, the exact change of v under friction and noise, half a drift, half a kick. v begins in
/// equilibrium.
final class Baoab implements StepMethod {
    @Override
    public About about() {
        return About.integrator(
                        "baoab",
                        "The splitting BAOAB of the Langevin equation with a velocity; needs a friction.",
                        "Leimkuhler, Matthews: Rational construction of stochastic numerical methods for molecular"
                                + " sampling, Applied Mathematics Research eXpress 2013, arXiv:1203.5428")
                .serves(Noise.ADDITIVE, 1, 2)
                .evaluates("2 drifts");
    }

    @Override
    public Optional<String> objection(SdeModel sde) {
        if (sde.friction().isEmpty()) return Optional.of("it has no friction, the rate gamma under the key friction");
        return Langevin.objection(sde);
    }

    /// The equation of (x, v).
    @Override
    public SdeModel equation(SdeModel sde) {
        int d = sde.dimension();
        Expr gamma = sde.friction().orElseThrow();
        Expr temperature = Langevin.temperature(sde);
        Map<String, Double> values = sde.header().parameters();
        double variance = Eval.of(temperature, values);
        List<Sym> state = new ArrayList<>(sde.state());
        List<Expr> drift = new ArrayList<>();
        List<List<Expr>> diffusion = new ArrayList<>(Collections.nCopies(d, Collections.nCopies(d, Expr.ZERO)));
        List<Double> mean = new ArrayList<>(sde.start().mean());
        double[][] covariance = new double[2 * d][2 * d];
        for (int i = 0; i < d; i++) {
            Sym velocity = Expr.sym("v:" + i);
            state.add(velocity);
            drift.add(velocity);
            List<Expr> row = new ArrayList<>(Collections.nCopies(d, Expr.ZERO));
            row.set(i, gamma.times(temperature).times(Expr.num(2)).sqrt());
            diffusion.add(row);
            mean.add(0.0);
            covariance[d + i][d + i] = variance;
            for (int j = 0; j < d; j++) {
                int column = j;
                int at = i;
                sde.start()
                        .cov()
                        .ifPresent(c -> covariance[at][column] = c.get(at).get(column));
            }
        }
        for (int i = 0; i < d; i++) {
            drift.add(sde.drift().get(i).minus(gamma.times(state.get(d + i))));
        }
        List<List<Double>> rows = Arrays.stream(covariance)
                .map(r -> Arrays.stream(r).boxed().toList())
                .toList();
        return new SdeModel(
                sde.header(),
                state,
                Optional.empty(),
                drift,
                diffusion,
                Optional.empty(),
                new Start(mean, Optional.of(rows)),
                sde.observables());
    }

    @Override
    public Step write(Model model, Settings settings) {
        SdeModel sde = (SdeModel) model;
        Equation equation = new Equation(sde);
        StepBuilder step = new StepBuilder(sde, settings.stepSize());
        List<Expr> z = step.wiener(sde.dimension());
        Expr half = step.h().times(Expr.ratio(1, 2));
        Expr temperature = Langevin.temperature(sde);
        Expr keep = Expr.call(
                Function.EXP, sde.friction().orElseThrow().times(step.h()).negate());
        Expr noise = temperature.times(Expr.ONE.minus(keep.pow(2))).sqrt();
        List<Expr> velocity = new ArrayList<>();
        for (int i = 0; i < sde.dimension(); i++) {
            velocity.add(step.extra("v" + i, temperature.sqrt().times(Symbols.START)));
        }
        List<Expr> kicked = Vectors.sum(velocity, Vectors.times(half, sde.drift()));
        List<Expr> middle = Vectors.sum(equation.x(), Vectors.times(half, kicked));
        List<Expr> damped = Vectors.sum(Vectors.times(keep, kicked), Vectors.times(noise, z));
        List<Expr> end = Vectors.sum(middle, Vectors.times(half, damped));
        List<Expr> next = new ArrayList<>(end);
        next.addAll(Vectors.sum(damped, Vectors.times(half, equation.drift(Symbols.TIME, end))));
        return step.build(next);
    }
}
