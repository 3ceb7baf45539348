package ornstein.method.integrator;

import java.util.ArrayList;
import java.util.List;
import ornstein.expr.Expr;
import ornstein.method.About;
import ornstein.method.Halving;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepBuilder;
import ornstein.method.StepMethod;
import ornstein.model.Model;
import ornstein.model.Noise;
import ornstein.model.SdeModel;

/// Roessler's family SRI for scalar and for diagonal noise (SIAM Journal on Numerical Analysis 48, 2010,
/// section 4). With dW, X2 = I_(1,0)/h, X1 = (dW^2 - h)/(2 sqrt h) and X3 = (dW^3 - 3 h dW)/(6 h) for each
/// coordinate's noise g:
///
///     H0_i = x + sum_j<i A0_ij f(H0_j) h + B0_ij g(H1_j) X2
///     H1_i = x + sum_j<i A1_ij f(H0_j) h + B1_ij g(H1_j) sqrt h
///     x' = x + sum_i alpha_i f(H0_i) h + (beta1_i dW + beta2_i X1 + beta3_i X2 + beta4_i X3) g(H1_i)
///
/// The error is estimated by the sizes of what f(H0_1) in place of all f(H0_i), and no beta3 and beta4, would change,
/// with the deviations of X2 and X3 added to their sizes so that no chance makes them vanish.
///
/// with f(H0_i) at time t + c0_i h and g(H1_i) at t + c1_i h.
record StrongRungeKutta(About about, Tableau tableau) implements StepMethod {
    /// SRIW1.
    static StrongRungeKutta sriw1() {
        About about = About.integrator(
                        "srk-w1",
                        "Roessler's SRIW1, of strong order 1.5 for scalar and diagonal noise.",
                        "Roessler: Runge-Kutta methods for the strong approximation of solutions of stochastic"
                                + " differential equations, SIAM Journal on Numerical Analysis 48, 2010")
                .serves(Noise.DIAGONAL, 1.5, 2)
                .serves(Noise.SCALAR, 1.5, 2)
                .takes(Halving.TOLERANCE)
                .evaluates("2 drifts, 4 diffusions");
        Tableau t = new Tableau("srk-w1", 4)
                .matrix("A0", Tableau.row("3/4"), Tableau.row("0", "0"), Tableau.row("0", "0", "0"))
                .matrix("A1", Tableau.row("1/4"), Tableau.row("1", "0"), Tableau.row("0", "0", "1/4"))
                .matrix("B0", Tableau.row("3/2"), Tableau.row("0", "0"), Tableau.row("0", "0", "0"))
                .matrix("B1", Tableau.row("1/2"), Tableau.row("-1", "0"), Tableau.row("-5", "3", "1/2"))
                .vector("alpha", "1/3", "2/3", "0", "0")
                .vector("beta1", "-1", "4/3", "2/3", "0")
                .vector("beta2", "-1", "4/3", "-1/3", "0")
                .vector("beta3", "2", "-4/3", "-2/3", "0")
                .vector("beta4", "-2", "5/3", "-2/3", "1");
        return new StrongRungeKutta(about, t);
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
        Variables v = Variables.of(step, sde);
        List<List<Expr>> drifts = new ArrayList<>();
        List<List<Expr>> noises = new ArrayList<>();
        List<List<Expr>> terms = new ArrayList<>();
        terms.add(equation.x());
        List<List<Expr>> drift = new ArrayList<>();
        List<List<Expr>> third = new ArrayList<>();
        List<List<Expr>> fourth = new ArrayList<>();
        for (int i = 0; i < tableau.stages(); i++) {
            List<List<Expr>> ofDrift = new ArrayList<>(List.of(equation.x()));
            List<List<Expr>> ofNoise = new ArrayList<>(List.of(equation.x()));
            for (int j = 0; j < i; j++) {
                ofDrift.add(Vectors.times(tableau.entry("A0", i, j).times(h), drifts.get(j)));
                ofDrift.add(v.times(tableau.entry("B0", i, j), v.mean(), noises.get(j)));
                ofNoise.add(Vectors.times(tableau.entry("A1", i, j).times(h), drifts.get(j)));
                ofNoise.add(Vectors.times(tableau.entry("B1", i, j).times(h.sqrt()), noises.get(j)));
            }
            drifts.add(equation.drift(tableau.time(0, i, h), Vectors.sum(ofDrift)));
            noises.add(diffusion(equation, tableau.time(1, i, h), Vectors.sum(ofNoise)));
            terms.add(Vectors.times(tableau.weight("alpha", i).times(h), drifts.get(i)));
            terms.add(v.times(tableau.weight("beta1", i), v.increment(), noises.get(i)));
            terms.add(v.times(tableau.weight("beta2", i), v.square(), noises.get(i)));
            List<Expr> fine = v.times(tableau.weight("beta3", i), v.mean(), noises.get(i));
            List<Expr> finer = v.times(tableau.weight("beta4", i), v.cube(), noises.get(i));
            List<Expr> change = Vectors.sum(drifts.get(i), Vectors.times(Expr.num(-1), drifts.getFirst()));
            terms.add(fine);
            terms.add(finer);
            drift.add(Vectors.times(tableau.weight("alpha", i).times(h), change));
            third.add(Vectors.times(tableau.weight("beta3", i), noises.get(i)));
            fourth.add(Vectors.times(tableau.weight("beta4", i), noises.get(i)));
        }
        step.error(Vectors.sum(
                Vectors.abs(Vectors.sum(drift)),
                equation.noiseOfDrift(h),
                v.sizes(h.over(Expr.num(3)).sqrt(), v.mean(), Vectors.sum(third)),
                v.sizes(h.over(Expr.num(6)).sqrt(), v.cube(), Vectors.sum(fourth))));
        return step.build(Vectors.sum(terms));
    }

    /// The diffusion of each coordinate.
    private static List<Expr> diffusion(Equation equation, Expr time, List<Expr> point) {
        if (equation.sde().noises() == 1) return equation.noise(0, time, point);
        List<Expr> diagonal = new ArrayList<>();
        for (int i = 0; i < point.size(); i++)
            diagonal.add(equation.noise(i, time, point).get(i));
        return diagonal;
    }

    /// dW, X2, X1 and X3 of each coordinate.
    private record Variables(List<Expr> increment, List<Expr> mean, List<Expr> square, List<Expr> cube) {
        static Variables of(StepBuilder step, SdeModel sde) {
            Expr h = step.h();
            List<Expr> z = step.wiener(sde.noises());
            List<Expr> y = step.integrals();
            Variables v = new Variables(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int i = 0; i < sde.dimension(); i++) {
                int k = z.size() == 1 ? 0 : i;
                Expr n = z.get(k);
                v.increment.add(h.sqrt().times(n));
                Expr both = n.plus(y.get(k).over(Expr.num(3).sqrt()));
                v.mean.add(h.sqrt().times(both).times(Expr.ratio(1, 2)));
                v.square.add(h.sqrt().times(n.pow(2).minus(Expr.ONE)).times(Expr.ratio(1, 2)));
                v.cube.add(h.sqrt().times(n.pow(3).minus(n.times(3))).times(Expr.ratio(1, 6)));
            }
            return v;
        }

        /// |noise| times |random| and its deviation.
        List<Expr> sizes(Expr deviation, List<Expr> random, List<Expr> noise) {
            List<Expr> chances =
                    Vectors.abs(random).stream().map(deviation::plus).toList();
            return times(Expr.ONE, chances, Vectors.abs(noise));
        }

        List<Expr> times(Expr factor, List<Expr> random, List<Expr> noise) {
            List<Expr> all = new ArrayList<>();
            for (int i = 0; i < noise.size(); i++) {
                all.add(Expr.product(List.of(factor, random.get(i), noise.get(i))));
            }
            return all;
        }
    }
}
