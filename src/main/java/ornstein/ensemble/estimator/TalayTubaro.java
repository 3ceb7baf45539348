package ornstein.ensemble.estimator;

import java.util.List;
import java.util.function.Function;
import ornstein.ensemble.EnsembleResult;
import ornstein.ensemble.EnsembleSpec;
import ornstein.ensemble.Simulation;
import ornstein.method.EstimatorMethod;
import ornstein.method.Method;
import ornstein.method.Settings;
import ornstein.model.SdeModel;
import ornstein.spec.UserError;

/// Richardson's extrapolation of expectations: with p the weak order of the step, (2^p E_{h/2} - E_h)/(2^p - 1)
/// has an error of order p + 1 (Talay, Tubaro 1990). The two ensembles have different paths, so their errors
/// add up as those of independent estimates.
///
/// @param coarse with steps h
/// @param fine with steps h/2, saved at the same times
/// @param weight of the fine one, 2^p/(2^p - 1)
public record TalayTubaro(Simulation coarse, Simulation fine, double weight) {

    /// The two simulations that an integrator's gives.
    public static TalayTubaro of(Simulation coarse) {
        SdeModel model = (SdeModel) coarse.model();
        Method base = coarse.method();
        EnsembleSpec spec = coarse.ensemble();
        double power = Math.pow(2, EstimatorMethod.TALAY_TUBARO.weakOrder(model, base));
        Settings settings = coarse.settings();
        Settings half = new Settings(settings.stepSize() / 2, settings.numbers(), settings.sampling(), settings.of());
        if (2 * spec.paths() + spec.firstPath() > EnsembleSpec.MOST) {
            throw new UserError("--paths " + spec.paths() + ": too many for two ensembles of different paths");
        }
        List<Long> saved = spec.saved().stream().map(k -> 2 * k).toList();
        EnsembleSpec fine = new EnsembleSpec(
                base.motion(model, half),
                spec.start(),
                spec.observables(),
                spec.precision(),
                spec.seed(),
                spec.firstPath() + spec.paths(),
                spec.paths(),
                2 * spec.steps(),
                saved,
                List.of(),
                0);
        return new TalayTubaro(coarse, new Simulation(model, base, half, coarse.clock(), fine), power / (power - 1));
    }

    /// Both ensembles, run.
    public record Result(TalayTubaro of, EnsembleResult coarse, EnsembleResult fine) {
        private double combined(Function<EnsembleResult, Double> value) {
            return of.weight() * value.apply(fine) + (1 - of.weight()) * value.apply(coarse);
        }

        private double error(Function<EnsembleResult, Double> error) {
            return Math.hypot(of.weight() * error.apply(fine), (1 - of.weight()) * error.apply(coarse));
        }

        public double mean(int time, int coordinate) {
            return combined(r -> r.mean(time, coordinate));
        }

        public double standardError(int time, int coordinate) {
            return error(r -> r.standardError(time, coordinate));
        }

        /// The extrapolated second moment less the product of the extrapolated means.
        public double covariance(int time, int i, int j) {
            double second = combined(r -> r.covariance(time, i, j) + r.mean(time, i) * r.mean(time, j));
            return second - mean(time, i) * mean(time, j);
        }

        public double observable(int time, int k) {
            return combined(r -> r.observable(time, k));
        }

        public double observableError(int time, int k) {
            return error(r -> r.observableError(time, k));
        }
    }
}
