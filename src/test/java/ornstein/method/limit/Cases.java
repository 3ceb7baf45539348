package ornstein.method.limit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import ornstein.ensemble.Ensemble;
import ornstein.ensemble.EnsembleResult;
import ornstein.ensemble.ExactLaw;
import ornstein.ensemble.SimulationRequest;
import ornstein.ensemble.order.MomentMap;
import ornstein.expr.Expr;
import ornstein.expr.Parser;
import ornstein.kernel.Backend;
import ornstein.kernel.Precision;
import ornstein.method.Flow;
import ornstein.method.Methods;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepMethod;
import ornstein.model.Catalog;
import ornstein.model.Columns;
import ornstein.model.Header;
import ornstein.model.LossModel;
import ornstein.model.Model;
import ornstein.model.Start;

/// Models and short ways to run limits on them.
final class Cases {
    private Cases() {}

    static Model model(String name, Map<String, Double> overrides) {
        return new Catalog(Path.of("models")).model(name, overrides);
    }

    /// A loss of one example.
    static LossModel loss(String text, List<String> state, Double... start) {
        return loss(text, state, Columns.NONE, start);
    }

    static LossModel loss(String text, List<String> state, Columns data, Double... start) {
        List<String> names =
                Stream.concat(state.stream(), data.names().stream()).toList();
        return new LossModel(
                new Header("test", "", List.of(), new LinkedHashMap<>()),
                state.stream().map(Expr::sym).toList(),
                data,
                Parser.parse(text, names, "test"),
                Start.at(List.of(start)),
                Map.of());
    }

    /// A limit's settings: time step, algorithm, learning rate.
    static Settings limit(double dt, String of, double eta) {
        return Settings.of(dt).limitOf(of).with("eta", eta);
    }

    static Step step(String method, Model model, Settings settings) {
        return ((StepMethod) Methods.named(method)).step(model, settings);
    }

    /// The exact moments of a step after a number of steps.
    static ExactLaw.At moments(Step step, Model model, long steps) {
        return MomentMap.of(step)
                .orElseThrow()
                .at(model.start(), List.of(steps))
                .orElseThrow()
                .getFirst();
    }

    /// The states of a flow without noise at its start and after each step.
    static List<double[]> path(String method, Model model, Settings settings, int steps) {
        Flow flow = (Flow) Methods.named(method).motion(model, settings);
        double[] x = model.start().mean().stream().mapToDouble(v -> v).toArray();
        List<double[]> all = new ArrayList<>();
        flow.path().start(x);
        all.add(x.clone());
        for (int k = 0; k < steps; k++) {
            flow.path().step(x, k * settings.stepSize(), new double[0]);
            all.add(x.clone());
        }
        return all;
    }

    /// The end of a flow without noise.
    static double[] end(String method, Model model, Settings settings) {
        return path(method, model, settings, 1).getLast();
    }

    /// Many paths of a limit.
    static EnsembleResult run(
            Model model,
            String method,
            String of,
            double eta,
            double dt,
            long steps,
            long paths,
            Map<String, Double> numbers) {
        return run(model, method, Optional.of(of), OptionalDouble.of(dt), eta, steps, paths, numbers);
    }

    /// Many paths of an algorithm.
    static EnsembleResult algorithm(
            Model model, String method, double eta, long steps, long paths, Map<String, Double> numbers) {
        return run(model, method, Optional.empty(), OptionalDouble.empty(), eta, steps, paths, numbers);
    }

    private static EnsembleResult run(
            Model model,
            String method,
            Optional<String> of,
            OptionalDouble dt,
            double eta,
            long steps,
            long paths,
            Map<String, Double> numbers) {
        SimulationRequest request = new SimulationRequest(
                model,
                method,
                1,
                0,
                paths,
                dt,
                OptionalDouble.of(eta),
                OptionalDouble.empty(),
                OptionalLong.of(steps),
                1,
                Precision.F64,
                numbers,
                Sampling.IID,
                of,
                List.of(),
                Optional.empty(),
                false);
        return new Ensemble(request.resolve().ensemble(), Backend.VECTOR).run();
    }
}
