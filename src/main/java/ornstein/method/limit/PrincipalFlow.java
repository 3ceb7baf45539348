package ornstein.method.limit;

import java.util.List;
import ornstein.method.About;
import ornstein.method.Flow;
import ornstein.method.FlowMethod;
import ornstein.method.Option;
import ornstein.method.Settings;
import ornstein.model.LossModel;
import ornstein.model.Model;

/// dw/ds = sum_i (log(1 - eta h_i)/(eta h_i)) (g . u_i) u_i with the eigenpairs (h_i, u_i) of the Hessian, -1
/// where h_i = 0. Exact on quadratics. Where eta h_i > 1 gradient descent changes sign at every step, which
/// no real flow does: there the real part is taken, log |1 - eta h_i|, which has the size of the iterates and
/// not their sign.
final class PrincipalFlow implements FlowMethod {
    @Override
    public About about() {
        return About.limit(
                        "principal-flow",
                        "The flow that sums the terms of backward error analysis without third derivatives; exact on"
                                + " quadratics, in size also beyond eta times curvature 1.",
                        List.of("gd", "sgd"),
                        "Rosca, Wu, Qin, Dherin: On a continuous time model of gradient descent dynamics and instability"
                                + " in deep learning, TMLR 2023, arXiv:2302.01952")
                .evaluates("Hessians over the data with eigenpairs, as many as a relative error of 1e-12 takes");
    }

    @Override
    public Flow write(Model model, Settings settings) {
        Limit.independent(this, settings);
        Surface surface = new Surface((LossModel) model);
        double eta = settings.number(Option.ETA);
        double lambda = settings.number(Option.LAMBDA);
        int d = surface.dimension();
        Ode.Slope slope = (x, out) -> {
            Eigen eigen = Eigen.of(surface.hessian(x));
            double[] g = surface.gradient(x);
            for (int i = 0; i < d; i++) g[i] += lambda * x[i];
            double[] along = eigen.coordinates(g);
            for (int i = 0; i < d; i++) along[i] *= factor(eta * (eigen.values()[i] + lambda));
            System.arraycopy(eigen.vector(along), 0, out, 0, d);
        };
        double dt = settings.stepSize();
        return new Flow(surface.state(), dt, Limit.values(model), 0, (x, _, _) -> Ode.advance(slope, x, dt));
    }

    /// log |1 - x| / x.
    static double factor(double x) {
        if (x == 0) return -1;
        return (x < 1 ? Math.log1p(-x) : Math.log(x - 1)) / x;
    }
}
