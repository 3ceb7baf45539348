package ornstein.method.limit;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import ornstein.method.About;
import ornstein.method.Flow;
import ornstein.method.FlowMethod;
import ornstein.method.MatrixFunctions;
import ornstein.method.Option;
import ornstein.method.Settings;
import ornstein.model.LossModel;
import ornstein.model.Model;
import ornstein.spec.Decimal;
import ornstein.spec.UserError;

/// The slow motion along a manifold of minimisers, dY = dPhi(Y) Sigma^(1/2) dW + (1/2) d^2 Phi(Y)[Sigma]
/// dtau, with Phi(x) the limit of gradient flow from x and tau = eta s = eta^2 k. A step is Y' = Phi(Y +
/// sqrt(eta dt) Sigma^(1/2)(Y) z): its mean and covariance are those of the equation up to (eta dt)^2,
/// whatever Phi, so that no derivative of Phi is needed.
///
/// Of local SGD, with K workers, H steps between averages and total batch B, the point is also moved by -eta
/// dt ((K-1)/(2B)) T[Psi], Psi_ij = psi(eta H (h_i + h_j)) Sigma_1,ij/(h_i + h_j) in the Hessian's eigenbasis
/// and psi(x) = (exp(-x) - 1 + x)/x.
final class SlowSde implements FlowMethod {
    static final Option DISCRETE = new Option(
            "discrete",
            0,
            0,
            1,
            "1: with what steps of a finite size add to the limit of small ones, as at a given eta");

    @Override
    public About about() {
        return About.limit(
                        "slow-sde",
                        "The slow motion along a manifold of minimisers, by projection along gradient flow; paths start"
                                + " where gradient flow from the model's start ends.",
                        List.of("sgd", "local-sgd"),
                        "Li, Wang, Arora: What happens after SGD reaches zero loss?, ICLR 2022, arXiv:2110.06914; Gu, Lyu,"
                                + " Huang, Arora: Why (and when) does local SGD generalize better than SGD?, ICLR 2023,"
                                + " arXiv:2303.01215")
                .takes(DISCRETE)
                .evaluates("1 gradient flow to its limit");
    }

    @Override
    public Flow write(Model model, Settings settings) {
        Limit.independent(this, settings);
        if (settings.number(Option.LAMBDA) != 0) {
            throw new UserError("--lambda " + Decimal.text(settings.number(Option.LAMBDA))
                    + ": slow-sde has no weight decay; write it into the loss");
        }
        boolean local = of(settings).equals("local-sgd");
        Surface surface = new Surface((LossModel) model);
        int d = surface.dimension();
        double dt = settings.stepSize();
        double slow = settings.number(Option.ETA) * dt;
        double workers = local ? Limit.whole(this, settings, "workers") : 1;
        double batch = settings.whole(Option.BATCH) * workers;
        boolean discrete = settings.whole(DISCRETE) == 1;
        Drift drift = discrete || (local && workers > 1)
                ? new Drift(
                        surface,
                        surface.third(),
                        settings.number(Option.ETA),
                        workers,
                        local ? Limit.whole(this, settings, "local") : 1,
                        discrete,
                        slow / (2 * batch))
                : null;
        return new Flow(surface.state(), dt, Limit.values(model), d, new Flow.Path() {
            @Override
            public void start(double[] x) {
                surface.descend(x);
            }

            @Override
            public void step(double[] x, double time, double[] z) {
                SimpleMatrix sigma = surface.covariance(x);
                SimpleMatrix root = SimpleMatrix.wrap(MatrixFunctions.factor(sigma.getDDRM()));
                double[] pull = drift == null ? new double[d] : drift.at(x, sigma);
                for (int i = 0; i < d; i++) {
                    for (int k = 0; k <= i; k++) x[i] += Math.sqrt(slow / batch) * root.get(i, k) * z[k];
                    x[i] -= pull[i];
                }
                surface.descend(x);
            }
        });
    }

    /// What local steps and steps of a finite size add, in the Hessian's eigenbasis: -scale grad^3 L[f_ij
    /// Sigma_ij] with f = (K-1) psi(eta H (h_i + h_j))/(h_i + h_j). At a finite eta the covariance across the
    /// manifold is eta Sigma_ij/s, s = h_i + h_j - eta h_i h_j, and f = 1/s - 1/(h_i + h_j) + (K-1) psi_H(1 -
    /// eta s)/s.
    ///
    /// @param workers K
    /// @param local H
    /// @param scale eta dt/(2B)
    private record Drift(
            Surface surface,
            Surface.Contraction third,
            double eta,
            double workers,
            double local,
            boolean discrete,
            double scale) {
        double[] at(double[] x, SimpleMatrix sigma) {
            Eigen eigen = Eigen.of(surface.hessian(x));
            int d = surface.dimension();
            SimpleMatrix turned = eigen.vectors().transpose().mult(sigma).mult(eigen.vectors());
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    double sum = eigen.values()[i] + eigen.values()[j];
                    boolean flat = Surface.isFlat(sum, eigen.values()[0]);
                    double f = factor(sum, eta * eigen.values()[i] * eigen.values()[j]);
                    turned.set(i, j, flat ? 0 : turned.get(i, j) * f);
                }
            }
            SimpleMatrix psi = eigen.vectors().mult(turned).mult(eigen.vectors().transpose());
            double[] pull = third.at(x, psi);
            for (int i = 0; i < d; i++) pull[i] *= scale;
            return pull;
        }

        /// @param product eta h_i h_j
        private double factor(double sum, double product) {
            if (!discrete) return (workers - 1) * psi(eta * local * sum) / sum;
            double rest = sum - product;
            return 1 / rest - 1 / sum + (workers - 1) * psi(1 - eta * rest, local) / rest;
        }
    }

    /// 1 - (1 - q^H)/(H (1 - q)).
    static double psi(double q, double steps) {
        return 1 - (1 - Math.pow(q, steps)) / (steps * (1 - q));
    }

    /// (exp(-x) - 1 + x)/x.
    static double psi(double x) {
        return x == 0 ? 0 : 1 + Math.expm1(-x) / x;
    }
}
