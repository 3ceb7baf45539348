package ornstein.method.limit;

import java.util.Arrays;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import ornstein.method.About;
import ornstein.method.Flow;
import ornstein.method.FlowMethod;
import ornstein.method.Option;
import ornstein.method.Settings;
import ornstein.model.LossModel;
import ornstein.model.Model;
import ornstein.spec.Decimal;
import ornstein.spec.UserError;

/// Gradient descent with weight decay at the edge of stability of a scale-invariant loss: the direction zeta
/// moves along the minimisers by dzeta/dtheta = -2 grad_Gamma log lambda_1/(4 + |grad_Gamma log lambda_1|^2),
/// with lambda_1 the largest eigenvalue of the Hessian at zeta and theta = eta lambda k = lambda s. The
/// weights are r zeta with the norm at which gradient descent is about to oscillate,
/// r^2 = eta lambda_1/(2 (1 - eta lambda)).
final class SharpnessFlow implements FlowMethod {
    /// The largest eigenvalue must exceed the next by this part.
    private static final double APART = 1e-8;

    @Override
    public About about() {
        return About.limit(
                        "sharpness-flow",
                        "The flow by which gradient descent with weight decay reduces the sharpness of a scale-invariant"
                                + " loss along its minimisers.",
                        List.of("gd"),
                        "Lyu, Li, Arora: Understanding the generalization benefit of normalization layers: sharpness"
                                + " reduction, NeurIPS 2022, arXiv:2206.07085")
                .evaluates("third derivatives over the data, as many as a relative error of 1e-12 takes");
    }

    @Override
    public Flow write(Model model, Settings settings) {
        Limit.independent(this, settings);
        double lambda = settings.number(Option.LAMBDA);
        double eta = settings.number(Option.ETA);
        if (!(lambda > 0 && eta * lambda < 1)) {
            throw new UserError("--lambda " + Decimal.text(lambda)
                    + ": sharpness-flow needs a weight decay above 0 and below 1/eta = " + Decimal.text(1 / eta));
        }
        Surface surface = new Surface((LossModel) model);
        Directions directions = new Directions(surface, surface.third());
        double dt = settings.stepSize();
        return new Flow(surface.state(), dt, Limit.values(model), 0, new Flow.Path() {
            @Override
            public void start(double[] x) {
                place(x);
            }

            @Override
            public void step(double[] x, double time, double[] normals) {
                normalise(x);
                Ode.advance(directions::slope, x, lambda * dt);
                if (Double.isFinite(x[0])) place(x);
            }

            private void place(double[] x) {
                normalise(x);
                surface.descend(x);
                if (!Double.isFinite(x[0])) return;
                normalise(x);
                double sharpness = Eigen.of(surface.hessian(x)).values()[0];
                double r = Math.sqrt(eta * sharpness / (2 * (1 - eta * lambda)));
                for (int i = 0; i < x.length; i++) x[i] *= r;
            }
        });
    }

    private static void normalise(double[] x) {
        double square = 0;
        for (double v : x) square += v * v;
        double length = Math.sqrt(square);
        for (int i = 0; i < x.length; i++) x[i] /= length;
    }

    /// The motion of directions in theta.
    private record Directions(Surface surface, Surface.Contraction third) {
        void slope(double[] at, double[] out) {
            double[] zeta = at.clone();
            surface.descend(zeta);
            normalise(zeta);
            Eigen eigen = Eigen.of(surface.hessian(zeta));
            double top = eigen.values()[0];
            if (zeta.length > 1 && top - eigen.values()[1] < APART * top) {
                Arrays.fill(out, Double.NaN);
                return;
            }
            SimpleMatrix u = eigen.vectors().getColumn(0);
            double[] gradient = third.at(zeta, u.mult(u.transpose()));
            double[] along = eigen.coordinates(gradient);
            for (int i = 0; i < along.length; i++) {
                along[i] = Surface.isFlat(eigen.values()[i], top) ? along[i] / top : 0;
            }
            double[] log = eigen.vector(along);
            double radial = 0;
            for (int i = 0; i < log.length; i++) radial += log[i] * zeta[i];
            double square = 0;
            for (int i = 0; i < log.length; i++) {
                log[i] -= radial * zeta[i];
                square += log[i] * log[i];
            }
            for (int i = 0; i < log.length; i++) out[i] = -2 * log[i] / (4 + square);
        }
    }
}
