package ornstein.method.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ejml.simple.SimpleMatrix;
import ornstein.expr.Derivative;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Substitution;
import ornstein.method.About;
import ornstein.method.Methods;
import ornstein.method.Option;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepMethod;
import ornstein.model.LossModel;
import ornstein.model.Model;
import ornstein.model.SdeModel;
import ornstein.spec.UserError;

/// The Ornstein-Uhlenbeck process that has the mean and covariance of SGD at every step, on a quadratic loss
/// whose gradient noise does not depend on the weights: with Hessian H, in its eigenbasis, dw = -K (w - w*)
/// ds + S dB, K = -log(1 - eta H)/eta, (S S^T)_ij = (kappa_i + kappa_j) C_ij, where C_ij = eta Sigma_ij/(h_i
/// + h_j - eta h_i h_j) is the stationary covariance of SGD. It agrees in law if the noise is Gaussian. It
/// exists if eta h < 1 and S S^T is positive semi-definite.
final class OuEmbedding implements StepMethod {
    /// Eigenvalues down to this part of the largest count as not negative.
    private static final double ROUNDING = 1e-12;

    @Override
    public About about() {
        return About.limit(
                        "ou-embedding",
                        "The Ornstein-Uhlenbeck process that is SGD at every step, on a quadratic loss with constant"
                                + " noise.",
                        List.of("sgd"),
                        "Mandt, Hoffman, Blei: Stochastic gradient descent as approximate Bayesian inference, JMLR 18,"
                                + " 2017, arXiv:1704.04289, made exact by the matrix logarithm")
                .evaluates("none");
    }

    @Override
    public Step write(Model model, Settings settings) {
        SdeModel process = process((LossModel) model.bound(), settings);
        return ((StepMethod) Methods.named("exact-ou")).step(process, Settings.of(settings.stepSize()));
    }

    /// The process as an equation.
    SdeModel process(LossModel loss, Settings settings) {
        Limit.independent(this, settings);
        Quadratic q = quadratic(loss, settings);
        double eta = settings.number(Option.ETA);
        int d = loss.dimension();
        Eigen eigen = Eigen.of(q.hessian());
        SimpleMatrix u = eigen.vectors();
        double[] h = eigen.values();
        for (int i = 0; i < d; i++) {
            if (!(eta * h[i] < 1)) {
                throw new UserError(String.format(
                        Locale.ROOT,
                        "--eta %s: no process embeds sgd on %s, since eta times the curvature %s is not below 1; take a"
                                + " smaller one, or sgd itself",
                        eta,
                        loss.name(),
                        h[i]));
            }
        }
        SimpleMatrix sigma = u.transpose().mult(q.sigma()).mult(u);
        SimpleMatrix kappa = new SimpleMatrix(d, d);
        for (int i = 0; i < d; i++) kappa.set(i, i, -Math.log1p(-eta * h[i]) / eta);
        SimpleMatrix root = root(spread(h, sigma, eta), loss.name());
        SimpleMatrix drift = u.mult(kappa).mult(u.transpose());
        return equation(loss, drift, equilibrium(u, h, q), u.mult(root));
    }

    /// S S^T in the eigenbasis of the Hessian, whose eigenvalues are `h`; `sigma` is of a batch's gradient.
    static SimpleMatrix spread(double[] h, SimpleMatrix sigma, double eta) {
        SimpleMatrix spread = new SimpleMatrix(h.length, h.length);
        for (int i = 0; i < h.length; i++) {
            for (int j = 0; j < h.length; j++) {
                double sum = h[i] + h[j] - eta * h[i] * h[j];
                double rates = -(Math.log1p(-eta * h[i]) + Math.log1p(-eta * h[j])) / eta;
                // both vanish where two flat directions meet; their ratio there is 1
                double c = sum == 0 ? eta : eta * rates / sum;
                spread.set(i, j, c * sigma.get(i, j));
            }
        }
        return spread;
    }

    /// A factor of a matrix that must be positive semi-definite.
    private static SimpleMatrix root(SimpleMatrix spread, String loss) {
        int d = spread.getNumRows();
        Eigen eigen = Eigen.of(spread);
        double least = eigen.values()[d - 1];
        if (least < -ROUNDING * Math.max(eigen.values()[0], -least)) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "no process embeds sgd on %s: its diffusion matrix would have the eigenvalue %.3g; take a smaller"
                            + " --eta, or sgd itself",
                    loss,
                    least));
        }
        SimpleMatrix root = new SimpleMatrix(d, d);
        for (int i = 0; i < d; i++) {
            double scale = Math.sqrt(Math.max(0, eigen.values()[i]));
            root.insertIntoThis(0, i, eigen.vectors().getColumn(i).scale(scale));
        }
        return root;
    }

    /// A point where the gradient is 0.
    private static SimpleMatrix equilibrium(SimpleMatrix u, double[] h, Quadratic q) {
        SimpleMatrix g = u.transpose().mult(q.gradient());
        for (int i = 0; i < h.length; i++) {
            double rounding = ROUNDING * (1 + q.gradient().normF());
            if (h[i] == 0 && Math.abs(g.get(i, 0)) > rounding) {
                throw new UserError("no process embeds sgd: the loss falls without end along a flat direction");
            }
            g.set(i, 0, h[i] == 0 ? 0 : -g.get(i, 0) / h[i]);
        }
        return u.mult(g);
    }

    private static SdeModel equation(LossModel loss, SimpleMatrix rate, SimpleMatrix centre, SimpleMatrix root) {
        int d = loss.dimension();
        List<Expr> drift = new ArrayList<>();
        List<List<Expr>> diffusion = new ArrayList<>();
        for (int i = 0; i < d; i++) {
            List<Expr> terms = new ArrayList<>();
            List<Expr> row = new ArrayList<>();
            for (int j = 0; j < d; j++) {
                Expr distance = loss.state().get(j).minus(Expr.num(centre.get(j, 0)));
                terms.add(distance.times(-rate.get(i, j)));
                row.add(Expr.num(root.get(i, j)));
            }
            drift.add(Expr.sum(terms));
            diffusion.add(row);
        }
        return new SdeModel(
                loss.header(),
                loss.state(),
                Optional.empty(),
                drift,
                diffusion,
                Optional.empty(),
                loss.start(),
                loss.observables());
    }

    /// Hessian, gradient at 0, and covariance of a batch's gradient.
    record Quadratic(SimpleMatrix hessian, SimpleMatrix gradient, SimpleMatrix sigma) {}

    private Quadratic quadratic(LossModel loss, Settings settings) {
        int d = loss.dimension();
        int n = loss.examples();
        double lambda = Limit.number(this, settings, Option.LAMBDA.name());
        Set<Sym> data = new HashSet<>(loss.data().symbols());
        SimpleMatrix hessian = new SimpleMatrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                Set<Sym> symbols =
                        Substitution.symbols(List.of(loss.hessian().get(i).get(j)));
                if (symbols.stream().anyMatch(data::contains)) {
                    throw unsuited(loss, "its gradient noise depends on the weights");
                }
                if (!symbols.isEmpty()) throw unsuited(loss, "its Hessian is not constant");
                Expr h = Derivative.of(loss.gradient().get(i), loss.state().get(j));
                hessian.set(i, j, Eval.of(h, Map.of()) + (i == j ? lambda : 0));
            }
        }
        SimpleMatrix gradients = new SimpleMatrix(d, n);
        SimpleMatrix mean = new SimpleMatrix(d, 1);
        for (int e = 0; e < n; e++) {
            Map<String, Double> at = new HashMap<>();
            for (Sym s : loss.state()) at.put(s.name(), 0.0);
            for (int c = 0; c < loss.data().names().size(); c++) {
                at.put(loss.data().names().get(c), loss.data().value(c, e));
            }
            double[] g = Eval.of(loss.gradient(), at);
            for (int i = 0; i < d; i++) {
                gradients.set(i, e, g[i]);
                mean.set(i, 0, mean.get(i, 0) + g[i] / n);
            }
        }
        for (int e = 0; e < n; e++)
            for (int i = 0; i < d; i++) gradients.set(i, e, gradients.get(i, e) - mean.get(i, 0));
        int batch = (int) Limit.number(this, settings, Option.BATCH.name());
        SimpleMatrix sigma = gradients.mult(gradients.transpose()).scale(1.0 / n / batch);
        return new Quadratic(hessian, mean, sigma);
    }

    private static UserError unsuited(LossModel loss, String why) {
        return new UserError("ou-embedding needs a quadratic loss with constant noise: of " + loss.name() + " " + why
                + "; take sde1, or sgd itself");
    }
}
