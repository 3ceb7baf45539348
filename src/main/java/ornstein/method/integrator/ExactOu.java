package ornstein.method.integrator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import ornstein.expr.Derivative;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Polynomial;
import ornstein.expr.Substitution;
import ornstein.method.About;
import ornstein.method.MatrixFunctions;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepBuilder;
import ornstein.method.StepMethod;
import ornstein.model.Model;
import ornstein.model.Noise;
import ornstein.model.SdeModel;

/// The law of dX = (A X + a) dt + S dW over a step, exactly: x' = E x + m + L z with E = exp(A h),
/// m = int_0^h exp(A s) a ds and L L^T = int_0^h exp(A s) S S^T exp(A s)^T ds.
final class ExactOu implements StepMethod {
    /// The most coordinates: the matrices of the transition are full and written out entry by entry.
    private static final int MOST = 512;

    @Override
    public About about() {
        return About.integrator(
                        "exact-ou",
                        "The exact transition of an equation with affine drift and constant diffusion.",
                        "Van Loan: Computing integrals involving the matrix exponential, IEEE Transactions on Automatic"
                                + " Control 23, 1978")
                .serves(Noise.ADDITIVE, Double.NaN, Double.POSITIVE_INFINITY)
                .evaluates("none");
    }

    @Override
    public Optional<String> objection(SdeModel model) {
        if (model.dimension() > MOST) {
            return Optional.of("its " + model.dimension() + " coordinates are more than the " + MOST
                    + " whose transition, a full matrix, is written out");
        }
        SdeModel sde = model.bound();
        Set<Sym> changing = Substitution.symbols(sde.drift());
        if (changing.contains(SdeModel.TIME)) return Optional.of("the drift depends on the time");
        if (!sde.drift().stream().allMatch(f -> Polynomial.isIn(f, sde.state(), 1))) {
            return Optional.of("the drift is not affine in the state");
        }
        boolean constant = Substitution.symbols(
                        sde.diffusion().stream().flatMap(List::stream).toList())
                .isEmpty();
        return constant ? Optional.empty() : Optional.of("the diffusion is not constant");
    }

    @Override
    public Step write(Model model, Settings settings) {
        SdeModel sde = (SdeModel) model.bound();
        int d = sde.dimension();
        double h = settings.stepSize();
        DMatrixRMaj drift = new DMatrixRMaj(d, d);
        DMatrixRMaj offset = new DMatrixRMaj(d, 1);
        Map<String, Double> origin = new HashMap<>();
        for (Sym s : sde.state()) origin.put(s.name(), 0.0);
        for (int i = 0; i < d; i++) {
            Expr f = sde.drift().get(i);
            List<Expr> slopes = Derivative.gradient(f, sde.state());
            for (int j = 0; j < d; j++) drift.set(i, j, Eval.of(slopes.get(j), origin));
            offset.set(i, 0, Eval.of(sde.drift().get(i), origin));
        }
        int m = sde.noises();
        DMatrixRMaj noise = new DMatrixRMaj(d, m);
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < m; k++) {
                noise.set(i, k, Eval.of(sde.diffusion().get(i).get(k), Map.of()));
            }
        }
        Transition t = Transition.of(drift, offset, noise, h);
        return algebra(sde, t, h);
    }

    private static Step algebra(SdeModel sde, Transition t, double h) {
        StepBuilder step = new StepBuilder(sde, h);
        int d = sde.dimension();
        List<Expr> z = step.normals(d);
        List<Expr> next = new ArrayList<>();
        for (int i = 0; i < d; i++) {
            List<Expr> terms = new ArrayList<>();
            for (int j = 0; j < d; j++) {
                if (t.factor().get(i, j) != 0) {
                    terms.add(step.constant("E" + i + "," + j, t.factor().get(i, j))
                            .times(sde.state().get(j)));
                }
            }
            if (t.shift().get(i, 0) != 0)
                terms.add(step.constant("m" + i, t.shift().get(i, 0)));
            for (int k = 0; k <= i; k++) {
                if (t.deviation().get(i, k) != 0) {
                    terms.add(step.constant("L" + i + "," + k, t.deviation().get(i, k))
                            .times(z.get(k)));
                }
            }
            next.add(Expr.sum(terms));
        }
        return step.build(next);
    }

    /// x' = factor x + shift + deviation z.
    record Transition(DMatrixRMaj factor, DMatrixRMaj shift, DMatrixRMaj deviation) {
        /// E and m are blocks of exp(h [[A, a], [0, 0]]).
        static Transition of(DMatrixRMaj drift, DMatrixRMaj offset, DMatrixRMaj noise, double h) {
            int d = drift.getNumRows();
            DMatrixRMaj affine = new DMatrixRMaj(d + 1, d + 1);
            CommonOps_DDRM.insert(drift, affine, 0, 0);
            CommonOps_DDRM.insert(offset, affine, 0, d);
            CommonOps_DDRM.scale(h, affine);
            DMatrixRMaj flow = MatrixFunctions.exponential(affine);
            DMatrixRMaj factor = CommonOps_DDRM.extract(flow, 0, d, 0, d);
            DMatrixRMaj shift = CommonOps_DDRM.extract(flow, 0, d, d, d + 1);
            DMatrixRMaj covariance = MatrixFunctions.noiseCovariance(drift, noise, h);
            return new Transition(factor, shift, MatrixFunctions.factor(covariance));
        }
    }
}
