package ornstein.ensemble.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ornstein.ensemble.ExactLaw;
import ornstein.ensemble.order.MomentMap;
import ornstein.ensemble.order.OneStepMoments;
import ornstein.method.Flow;
import ornstein.method.Halving;
import ornstein.method.Method;
import ornstein.method.Motion;
import ornstein.method.OneStep;
import ornstein.method.Option;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.model.LossModel;

/// An algorithm at a learning rate, or a limit of it.
///
/// @param algorithm the algorithm itself, or what the limit is of
/// @param numbers options of the method by name, without the learning rate
public record Side(
        LossModel model, Method method, Method algorithm, Map<String, Double> numbers, Sampling sampling, double eta) {
    /// Steps of a limit for one of the algorithm, from which its exact moments are extrapolated.
    private static final int[] FINER = {4, 8, 16, 32};

    boolean isLimit() {
        return method.kind() == Method.Kind.LIMIT;
    }

    /// At another learning rate.
    Side at(double rate) {
        return new Side(model, method, algorithm, numbers, sampling, rate);
    }

    /// The gradient time of one step of the algorithm.
    public double gradientTime() {
        return eta * algorithm.clockSteps(new Settings(eta, numbers, sampling, Optional.empty()));
    }

    /// What moves it.
    ///
    /// @param finer steps for one of the algorithm; 1 for the algorithm itself
    /// @throws ornstein.spec.UserError if the model or the options do not suit the method
    public Motion motion(int finer) {
        if (!isLimit()) return method.motion(model, new Settings(eta, numbers, sampling, Optional.empty()));
        Map<String, Double> all = new HashMap<>(numbers);
        all.put(Option.ETA.name(), eta);
        Settings settings = new Settings(gradientTime() / finer, all, sampling, Optional.of(algorithm.name()));
        return method.motion(model, settings);
    }

    /// The exact moments after some steps of the algorithm, ascending; empty where they are not known. Those of
    /// a limit are its integrator's, extrapolated to no step size at all, which leaves errors of its fourth
    /// order.
    Optional<List<ExactLaw.At>> moments(List<Long> steps) {
        return switch (motion(1)) {
            case Flow flow -> flow(flow, steps);
            case Halving _ -> Optional.empty();
            case Step step when isCertain(step) -> Optional.of(run(step, steps));
            case Step step when !isLimit() -> MomentMap.of(step).flatMap(map -> map.at(model.start(), steps));
            case Step _ -> extrapolated(steps);
        };
    }

    /// The exact moments after one step of the algorithm from the start, whether or not later ones are known; empty
    /// where there is too much noise to enumerate, or the start is drawn.
    Optional<ExactLaw.At> afterOne() {
        Optional<List<ExactLaw.At>> known = moments(List.of(1L));
        if (known.isPresent()) return known.map(List::getFirst);
        if (!model.start().isPoint() || !(motion(1) instanceof Step step)) return Optional.empty();
        double[] start =
                model.start().mean().stream().mapToDouble(Double::doubleValue).toArray();
        return isLimit() ? OneStepMoments.inTheLimit(n -> (Step) motion(n), start) : OneStepMoments.after(step, start);
    }

    /// Whether an algorithm has one path.
    private boolean isCertain(Step step) {
        return !isLimit()
                && model.start().isPoint()
                && step.normals() == 0
                && step.uniforms() == 0
                && step.batches().isEmpty();
    }

    private List<ExactLaw.At> run(Step step, List<Long> steps) {
        int d = model.dimension();
        OneStep one = new OneStep(step);
        double[] x = one.initial(
                model.start().mean().stream().mapToDouble(Double::doubleValue).toArray(),
                new double[step.extra().size()]);
        List<ExactLaw.At> all = new ArrayList<>();
        long at = 0;
        for (long k : steps) {
            for (; at < k; at++) x = one.next(x, at, OneStep.Noise.NONE);
            all.add(new ExactLaw.At(Arrays.copyOf(x, d), new double[d][d]));
        }
        return all;
    }

    /// A flow without noise goes one way.
    private Optional<List<ExactLaw.At>> flow(Flow flow, List<Long> steps) {
        if (flow.normals() > 0 || !model.start().isPoint()) return Optional.empty();
        int d = model.dimension();
        double[] x =
                model.start().mean().stream().mapToDouble(Double::doubleValue).toArray();
        flow.path().start(x);
        List<ExactLaw.At> all = new ArrayList<>();
        long at = 0;
        for (long k : steps) {
            for (; at < k; at++) flow.path().step(x, at * flow.stepSize(), new double[0]);
            all.add(new ExactLaw.At(x.clone(), new double[d][d]));
        }
        return Optional.of(all);
    }

    /// Romberg's table over the integrator's steps.
    private Optional<List<ExactLaw.At>> extrapolated(List<Long> steps) {
        List<List<ExactLaw.At>> table = new ArrayList<>();
        for (int finer : FINER) {
            if (!(motion(finer) instanceof Step step)) return Optional.empty();
            List<Long> more = steps.stream().map(k -> k * finer).toList();
            Optional<List<ExactLaw.At>> one = MomentMap.of(step).flatMap(map -> map.at(model.start(), more));
            if (one.isEmpty()) return Optional.empty();
            table.add(one.get());
        }
        for (int order = 1; order < FINER.length; order++) {
            double power = Math.pow(2, order);
            for (int l = 0; l + order < FINER.length; l++) {
                List<ExactLaw.At> better = new ArrayList<>();
                for (int t = 0; t < steps.size(); t++) {
                    better.add(combined(table.get(l + 1).get(t), table.get(l).get(t), power));
                }
                table.set(l, better);
            }
        }
        return Optional.of(table.getFirst());
    }

    /// (power a - b)/(power - 1), of means and of second moments.
    private static ExactLaw.At combined(ExactLaw.At a, ExactLaw.At b, double power) {
        int d = a.mean().length;
        double[] mean = new double[d];
        double[][] covariance = new double[d][d];
        for (int i = 0; i < d; i++) mean[i] = (power * a.mean()[i] - b.mean()[i]) / (power - 1);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double fine = a.covariance()[i][j] + a.mean()[i] * a.mean()[j];
                double coarse = b.covariance()[i][j] + b.mean()[i] * b.mean()[j];
                covariance[i][j] = (power * fine - coarse) / (power - 1) - mean[i] * mean[j];
            }
        }
        return new ExactLaw.At(mean, covariance);
    }
}
