package ornstein.method.integrator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import ornstein.expr.Expr;
import ornstein.expr.Function;
import ornstein.method.About;
import ornstein.method.Halving;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepBuilder;
import ornstein.method.StepMethod;
import ornstein.model.Model;
import ornstein.model.Noise;
import ornstein.model.SdeModel;

/// Roessler's family SRA for additive noise (SIAM Journal on Numerical Analysis 48, 2010, section 5). With dW and
/// X2 = I_(1,0)/h of each Wiener process, sums over the processes understood:
///
///     H0_i = x + sum_j<i A0_ij f(H0_j) h + B0_ij g(t + c1_j h) X2
///     x' = x + sum_i alpha_i f(H0_i) h + (beta1_i dW + beta2_i X2) g(t + c1_i h)
///
/// The error is estimated by the sizes of what f(H0_1) in place of all f(H0_i), and no beta2, would change,
/// with 1 added to the size of X2/sqrt(h) so that no chance makes it vanish.
record AdditiveRungeKutta(About about, Tableau tableau) implements StepMethod {
    /// SRA1.
    static AdditiveRungeKutta sra1() {
        About about = About.integrator(
                        "srk-a1",
                        "Roessler's SRA1, of strong order 1.5 for additive noise.",
                        "Roessler: Runge-Kutta methods for the strong approximation of solutions of stochastic"
                                + " differential equations, SIAM Journal on Numerical Analysis 48, 2010")
                .serves(Noise.ADDITIVE, 1.5, 2)
                .takes(Halving.TOLERANCE)
                .evaluates("2 drifts, 2 diffusions");
        Tableau t = new Tableau("srk-a1", 2)
                .matrix("A0", new String[][] {{"3/4"}})
                .matrix("B0", new String[][] {{"3/2"}})
                .vector("c1", "1", "0")
                .vector("alpha", "1/3", "2/3")
                .vector("beta1", "1", "0")
                .vector("beta2", "-1", "1");
        return new AdditiveRungeKutta(about, t);
    }

    @Override
    public String canonical() {
        return tableau.canonical(name());
    }

    @Override
    public Step write(Model model, Settings settings) {
        SdeModel sde = (SdeModel) model;
        Equation equation = new Equation(sde);
        StepBuilder step = new StepBuilder(sde, settings.stepSize());
        Expr h = step.h();
        int m = sde.noises();
        List<Expr> z = step.wiener(m);
        List<Expr> y = step.integrals();
        List<Expr> means = new ArrayList<>();
        for (int k = 0; k < m; k++) {
            means.add(z.get(k).plus(y.get(k).over(Expr.num(3).sqrt())).over(Expr.num(2)));
        }
        List<List<Expr>> drifts = new ArrayList<>();
        List<List<Expr>> terms = new ArrayList<>(List.of(equation.x()));
        List<List<Expr>> drift = new ArrayList<>();
        List<List<Expr>> second = new ArrayList<>(Collections.nCopies(m, equation.x()));
        for (int i = 0; i < tableau.stages(); i++) {
            List<List<Expr>> stage = new ArrayList<>(List.of(equation.x()));
            for (int j = 0; j < i; j++) {
                stage.add(Vectors.times(tableau.entry("A0", i, j).times(h), drifts.get(j)));
                List<Expr> noise = equation.increment(h, means, tableau.time(1, j, h), equation.x());
                stage.add(Vectors.times(tableau.entry("B0", i, j), noise));
            }
            drifts.add(equation.drift(tableau.time(0, i, h), Vectors.sum(stage)));
            terms.add(Vectors.times(tableau.weight("alpha", i).times(h), drifts.get(i)));
            List<Expr> change = Vectors.sum(drifts.get(i), Vectors.times(Expr.num(-1), drifts.getFirst()));
            drift.add(Vectors.times(tableau.weight("alpha", i).times(h), change));
            for (int k = 0; k < m; k++) {
                Expr weight = tableau.weight("beta2", i).times(h.sqrt());
                List<Expr> noise = Vectors.times(weight, equation.noise(k, tableau.time(1, i, h), equation.x()));
                second.set(k, i == 0 ? noise : Vectors.sum(second.get(k), noise));
            }
            List<Expr> amounts = new ArrayList<>();
            for (int k = 0; k < m; k++) {
                amounts.add(tableau.weight("beta1", i)
                        .times(z.get(k))
                        .plus(tableau.weight("beta2", i).times(means.get(k))));
            }
            terms.add(equation.increment(h, amounts, tableau.time(1, i, h), equation.x()));
        }
        List<List<Expr>> error = new ArrayList<>(List.of(Vectors.abs(Vectors.sum(drift)), equation.noiseOfDrift(h)));
        for (int k = 0; k < m; k++) {
            Expr chance = Expr.call(Function.ABS, means.get(k)).plus(Expr.ONE);
            error.add(Vectors.times(chance, Vectors.abs(second.get(k))));
        }
        step.error(Vectors.sum(error));
        return step.build(Vectors.sum(terms));
    }
}
