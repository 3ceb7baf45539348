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

/// Roessler's family of weak second order for any Ito noise (SIAM Journal on Numerical Analysis 47, 2009).
/// I_k has three points, I_kl = (I_k I_l - sqrt(h) J_k)/2 for k < l, (I_k I_l + sqrt(h) J_l)/2 for l < k and
/// (I_k^2 - h)/2 for k = l, with J_k = +-sqrt(h):
///
///     H0_i  = x + sum_j<i A0_ij f(H0_j) h + B0_ij sum_k b_k(Hk_j) I_k
///     Hk_i  = x + sum_j<i A1_ij f(H0_j) h + B1_ij b_k(Hk_j) sqrt h
///     H^k_i = x + sum_j<i A2_ij f(H0_j) h + sum_j B2_ij sum_l!=k b_l(Hl_j) I_kl/sqrt h
///     x' = x + sum_i alpha_i f(H0_i) h + sum_k (beta1_i I_k + beta2_i I_kk/sqrt h) b_k(Hk_i)
///            + sum_k (beta3_i I_k + beta4_i sqrt h) b_k(H^k_i)
///
/// A row of B2 has as many entries as there are stages.
record WeakRungeKutta(About about, Tableau tableau) implements StepMethod {
    /// DRI1.
    static WeakRungeKutta dri1() {
        About about = About.integrator(
                        "dri1",
                        "Debrabant and Roessler's DRI1, of weak order 2 for any noise, with discrete variables.",
                        "Debrabant, Roessler: Families of efficient second order Runge-Kutta methods for the weak"
                                + " approximation of Ito stochastic differential equations, Applied Numerical"
                                + " Mathematics 59, 2009")
                .serves(Noise.GENERAL, Double.NaN, 2)
                .evaluates("3 drifts, 3 diffusions, 2 more for several noises");
        String first = "214/513*sqrt(1105/991)";
        String other = "491/513*sqrt(221/4955)";
        Tableau t = new Tableau("dri1", 3)
                .matrix("A0", Tableau.row("1/2"), Tableau.row("-1", "2"))
                .matrix("A1", Tableau.row("342/491"), Tableau.row("342/491", "0"))
                .matrix("B0", Tableau.row("(6 - sqrt(6))/10"), Tableau.row("(3 + 2*sqrt(6))/5", "0"))
                .matrix("B1", Tableau.row("3*sqrt(38/491)"), Tableau.row("-3*sqrt(38/491)", "0"))
                .full(
                        "B2",
                        Tableau.row("0", "0", "0"),
                        Tableau.row("-" + first, "-" + other, "-" + other),
                        Tableau.row(first, other, other))
                .vector("alpha", "1/6", "2/3", "1/6")
                .vector("beta1", "193/684", "491/1368", "491/1368")
                .vector("beta2", "0", "sqrt(491/38)/6", "-sqrt(491/38)/6")
                .vector("beta3", "-4955/7072", "4955/14144", "4955/14144")
                .vector("beta4", "0", "-sqrt(4955/221)/8", "sqrt(4955/221)/8");
        return new WeakRungeKutta(about, t);
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
        WeakVariables v = WeakVariables.of(step, sde.noises());
        int m = sde.noises();
        int s = tableau.stages();
        List<List<Expr>> drifts = new ArrayList<>();
        List<List<List<Expr>>> noises = new ArrayList<>();
        List<List<Expr>> terms = new ArrayList<>(List.of(equation.x()));
        for (int i = 0; i < s; i++) {
            List<List<Expr>> stage = new ArrayList<>(List.of(equation.x()));
            for (int j = 0; j < i; j++) {
                stage.add(Vectors.times(tableau.entry("A0", i, j).times(h), drifts.get(j)));
                for (int k = 0; k < m; k++) {
                    Expr factor = tableau.entry("B0", i, j).times(h.sqrt()).times(v.single(k));
                    stage.add(Vectors.times(factor, noises.get(j).get(k)));
                }
            }
            drifts.add(equation.drift(tableau.time(0, i, h), Vectors.sum(stage)));
            terms.add(Vectors.times(tableau.weight("alpha", i).times(h), drifts.get(i)));
            List<List<Expr>> ofStage = new ArrayList<>();
            for (int k = 0; k < m; k++) {
                List<List<Expr>> at = new ArrayList<>(List.of(equation.x()));
                for (int j = 0; j < i; j++) {
                    at.add(Vectors.times(tableau.entry("A1", i, j).times(h), drifts.get(j)));
                    at.add(Vectors.times(
                            tableau.entry("B1", i, j).times(h.sqrt()),
                            noises.get(j).get(k)));
                }
                ofStage.add(equation.noise(k, tableau.time(1, i, h), Vectors.sum(at)));
                Expr amount = tableau.weight("beta1", i)
                        .times(v.single(k))
                        .plus(tableau.weight("beta2", i).times(v.pair(k, k)));
                terms.add(Vectors.times(h.sqrt().times(amount), ofStage.get(k)));
            }
            noises.add(ofStage);
        }
        for (int i = 0; i < s; i++) {
            for (int k = 0; k < m; k++) {
                List<List<Expr>> at = new ArrayList<>(List.of(equation.x()));
                for (int j = 0; j < i; j++)
                    at.add(Vectors.times(tableau.entry("A2", i, j).times(h), drifts.get(j)));
                for (int j = 0; j < s; j++) {
                    for (int l = 0; l < m; l++) {
                        if (l == k) continue;
                        Expr factor = tableau.entry("B2", i, j).times(h.sqrt()).times(v.pair(k, l));
                        at.add(Vectors.times(factor, noises.get(j).get(l)));
                    }
                }
                List<Expr> noise = equation.noise(k, tableau.time(2, i, h), Vectors.sum(at));
                Expr amount = tableau.weight("beta3", i).times(v.single(k)).plus(tableau.weight("beta4", i));
                terms.add(Vectors.times(h.sqrt().times(amount), noise));
            }
        }
        return step.build(Vectors.sum(terms));
    }
}
