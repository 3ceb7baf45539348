package ornstein.method.integrator;

import java.util.ArrayList;
import java.util.List;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.method.About;
import ornstein.method.Newton;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepBuilder;
import ornstein.method.StepMethod;
import ornstein.method.Symbols;
import ornstein.model.Model;
import ornstein.model.Noise;
import ornstein.model.SdeModel;

/// y = x + h ((1 - theta) f(t, x) + theta f(t + h, y)) + b(t + (1 - theta) h, x) dW: the equation for y is
/// solved by Newton rounds. Stable for stiff drifts; with theta = 1/2 the stationary variance of an
/// Ornstein-Uhlenbeck process is exact.
final class DriftImplicit implements StepMethod {
    private static final String CITATION =
            "Kloeden, Platen: Numerical Solution of Stochastic Differential Equations, 1992, section 12.2";

    private final Expr theta;
    private final About about;

    private DriftImplicit(Expr theta, About about) {
        this.theta = theta;
        this.about = about;
    }

    /// theta = 1.
    static DriftImplicit euler() {
        return new DriftImplicit(
                Expr.ONE,
                About.integrator("euler-implicit", "The drift-implicit Euler method, for stiff drifts.", CITATION)
                        .serves(Noise.ADDITIVE, 1, 1)
                        .serves(Noise.GENERAL, 0.5, 1)
                        .takes(Newton.ROUNDS)
                        .evaluates("1 drift with its derivative a Newton round, 1 diffusion"));
    }

    /// theta = 1/2.
    static DriftImplicit trapezoid() {
        return new DriftImplicit(
                Expr.ratio(1, 2),
                About.integrator(
                                "trapezoid-implicit",
                                "The drift-implicit trapezoidal rule, whose stationary law is exact for linear drift.",
                                CITATION)
                        .serves(Noise.ADDITIVE, 1, 2)
                        .serves(Noise.GENERAL, 0.5, 1)
                        .takes(Newton.ROUNDS)
                        .evaluates("1 drift, 1 drift with its derivative a Newton round, 1 diffusion"));
    }

    @Override
    public About about() {
        return about;
    }

    @Override
    public Step write(Model model, Settings settings) {
        SdeModel sde = (SdeModel) model;
        Equation equation = new Equation(sde);
        StepBuilder step = new StepBuilder(sde, settings.stepSize());
        List<Expr> z = step.wiener(sde.noises());
        Expr rest = Expr.ONE.minus(theta);
        Expr noiseTime = Symbols.TIME.plus(rest.times(step.h()));
        List<Expr> moved = Vectors.sum(equation.x(), equation.increment(step.h(), z, noiseTime, equation.x()));
        List<Expr> known = Vectors.sum(moved, Vectors.times(rest.times(step.h()), sde.drift()));
        List<Sym> unknowns = new ArrayList<>();
        for (int i = 0; i < sde.dimension(); i++) unknowns.add(Expr.sym(":y" + i));
        List<Expr> y = List.copyOf(unknowns);
        List<Expr> implicit = equation.drift(Symbols.TIME.plus(step.h()), y);
        List<Expr> residual = Vectors.sum(
                y, Vectors.times(theta.times(step.h()).negate(), implicit), Vectors.times(Expr.num(-1), known));
        return step.build(Newton.solve(step, unknowns, residual, moved, settings.whole(Newton.ROUNDS)));
    }
}
