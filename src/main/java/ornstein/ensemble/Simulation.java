package ornstein.ensemble;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import ornstein.method.Method;
import ornstein.method.Option;
import ornstein.method.Settings;
import ornstein.model.Model;
import ornstein.stats.chart.Clock;
import ornstein.stats.chart.Timing;

/// A method on a model, for many paths: a [SimulationRequest] with every default written out.
///
/// @param clock of the times that are reported
/// @param ensemble what runs
public record Simulation(Model model, Method method, Settings settings, Clock clock, EnsembleSpec ensemble) {
    /// The step size: dt, or the learning rate.
    public double stepSize() {
        return settings.stepSize();
    }

    /// What turns the clock into another.
    public Timing timing() {
        Scales scales = new Scales(method, settings);
        return new Timing(clock, scales.eta(), scales.lambda());
    }

    /// The label of an axis of times: an equation's own time is t.
    public String timeLabel() {
        return method.kind() == Method.Kind.INTEGRATOR && clock == Clock.GRADIENT ? "time t" : clock.label();
    }

    /// The time on the clock at a step.
    public double time(long step) {
        return step * new Scales(method, settings).perStep(clock);
    }

    /// What clocks of a method depend on.
    record Scales(Method method, Settings settings) {
        /// The learning rate; for an integrator the step size.
        double eta() {
            return method.kind() == Method.Kind.LIMIT ? settings.number(Option.ETA) : settings.stepSize();
        }

        /// The weight decay; 0 where the method has none.
        double lambda() {
            return settings.numbers().getOrDefault(Option.LAMBDA.name(), 0.0);
        }

        /// The time of a step on a clock, which counts steps of SGD: a step of a limit is `stepSize / eta` of its
        /// algorithm, one of SVAG 1/l.
        double perStep(Clock clock) {
            return clock.perStep(eta(), lambda()) * (settings.stepSize() / eta()) * method.clockSteps(settings);
        }
    }

    /// The times on the clock of the saved steps.
    public double[] times() {
        return ensemble.saved().stream().mapToDouble(this::time).toArray();
    }

    /// What decides the results, besides the seed.
    public Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("model", model.canonical());
        plain.put("method", method.canonical());
        settings.of().ifPresent(of -> plain.put("of", of));
        plain.put("dt", stepSize());
        plain.put("options", new TreeMap<>(settings.numbers()));
        plain.put("sampling", settings.sampling().name().toLowerCase(Locale.ROOT));
        plain.put("precision", ensemble.precision().name().toLowerCase(Locale.ROOT));
        plain.put("clock", clock.id());
        plain.put("firstPath", ensemble.firstPath());
        plain.put("paths", ensemble.paths());
        plain.put("steps", ensemble.steps());
        plain.put("saves", ensemble.saved().size() - 1);
        plain.put("lags", ensemble.lags());
        plain.put("sketched", ensemble.sketched());
        return plain;
    }
}
