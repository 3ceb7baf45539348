package ornstein.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import ornstein.device.Found;
import ornstein.ensemble.Simulation;
import ornstein.ensemble.SimulationRequest;
import ornstein.kernel.Precision;
import ornstein.method.EstimatorMethod;
import ornstein.method.Methods;
import ornstein.report.RunPage;
import ornstein.stats.chart.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `ornstein simulate`: many paths of a method on a model, and their statistics.
@Command(
        name = "simulate",
        modelTransformer = MethodOptions.class,
        description = {
            "Runs many paths of a method on a model: means, covariances and standard errors at saved times, the"
                    + " model's observables, two-time distances, the distribution at the end.",
            "The run goes on where it was interrupted when the same command is given again. Results are a function of"
                    + " model, method, options and seed alone.",
            "Exit code 3 if every path failed."
        })
final class SimulateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Mixin
    private final Common common = new Common();

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Mixin
    private final SamplingOption sampling = new SamplingOption();

    @Option(
            names = "--method",
            paramLabel = "M",
            required = true,
            description = "Integrator of an sde (euler-maruyama, ...), algorithm on a loss (sgd, ...) or a limit of one"
                    + " (sde1, ...); ornstein methods lists them.")
    private String method = "";

    @Option(
            names = "--paths",
            paramLabel = "N",
            converter = Counts.class,
            description = "Paths, such as 1e6 (default: 10000).")
    private long paths = 10_000;

    @Option(
            names = "--until",
            paramLabel = "T",
            description = "Last time, eta*k for an algorithm (default: 1 for an sde).")
    private @Nullable Double until;

    @Option(
            names = "--steps",
            paramLabel = "K",
            converter = Counts.class,
            description = "Number of steps (default: 1000 for an algorithm, until/dt for an sde).")
    private @Nullable Long steps;

    @Option(
            names = "--dt",
            paramLabel = "H",
            description = "Step size of an sde, made a little smaller where --until is no multiple (default: 0.01).")
    private @Nullable Double dt;

    @Option(
            names = "--eta",
            paramLabel = "ETA",
            description = "Learning rate of an algorithm, or of the algorithm that a limit is of (default: 0.1).")
    private @Nullable Double eta;

    @Option(
            names = "--save",
            paramLabel = "S",
            converter = Counts.class,
            description = "Saved times besides the start, the last among them; min(S, steps) of them (default: 100).")
    private long save = 100;

    @Option(
            names = "--backend",
            paramLabel = "B",
            description = "auto, scalar, vector (the same bits) or tornado (a GPU, see ornstein devices); auto takes a"
                    + " GPU for runs that keep this CPU busy for 10 s or more (default: auto).")
    private Choice backend = Choice.AUTO;

    @Option(names = "--precision", paramLabel = "P", description = "f64 or f32; statistics are f64 (default: f64).")
    private Precision precision = Precision.F64;

    @Option(
            names = "--of",
            paramLabel = "A",
            description =
                    "The algorithm that a limit (sde1, modified-flow, ...) is of (default: the first that ornstein"
                            + " methods names); the integrator whose steps mlmc and talay-tubaro run (default:"
                            + " euler-maruyama).")
    private @Nullable String of;

    @Option(
            names = "--lags",
            paramLabel = "L",
            split = ",",
            description = "Mean of |X_T - X_(T+L)|^2 for each L, in units of the clock, with T = the end - the largest"
                    + " L.")
    private List<Double> lags = new ArrayList<>();

    @Option(
            names = "--clock",
            paramLabel = "C",
            description = "How times are counted: steps (k), gradient (eta k), slow (eta^2 k) or intrinsic (eta lambda"
                    + " k) (default: steps for an algorithm, gradient for an sde, where it is the model's time).")
    private @Nullable Clock clock;

    @Option(
            names = "--histogram",
            description = "Write histogram.csv and quantiles.csv of every coordinate at the end.")
    private boolean histogram;

    @Option(names = "--keep", description = "Write all paths at the saved times to paths/*.parquet.")
    private boolean keep;

    @Option(
            names = "--first-path",
            paramLabel = "P",
            converter = Counts.class,
            description = "Number of the first path, to replay one (default: 0).")
    private long firstPath;

    @Option(
            names = "--fast-math",
            description = "Let the device round as it likes: faster, less accurate; with --backend tornado.")
    private boolean fastMath;

    private Supplier<Found> devices = () -> Found.look(false);

    /// What `--backend` can be.
    enum Choice {
        AUTO,
        SCALAR,
        VECTOR,
        TORNADO
    }

    /// Where devices are looked for.
    void devices(Supplier<Found> look) {
        devices = look;
    }

    @Override
    public Integer call() throws Exception {
        if (Methods.named(method) instanceof EstimatorMethod estimator) {
            Estimation.refuse(estimator, command.commandLine().getParseResult().matchedOptions());
            return new Estimation(common, estimator, request()).run();
        }
        Simulation simulation = request().resolve();
        if (dt != null && simulation.stepSize() != dt) {
            common.note("dt is " + simulation.stepSize() + ", so that "
                    + simulation.ensemble().steps() + " steps end at " + until);
        }
        Placement placement = Placement.of(
                common,
                devices,
                backend,
                simulation.ensemble(),
                method,
                fastMath,
                command.root().commandLine().getParseResult().originalArgs());
        if (placement.exit().isPresent()) return placement.exit().getAsInt();
        RunPage.prepare();
        Map<String, Object> spec = simulation.plain();
        placement.device().ifPresent(device -> {
            spec.put("device", device.info().name());
            spec.put("fastMath", fastMath);
        });
        spec.put("histogram", histogram);
        spec.put("keep", keep);
        String name = simulation.model().name() + "-" + simulation.method().name();
        SimulationRun run = new SimulationRun(common, simulation, backend, placement.device(), histogram, keep);
        return common.run(common.plan(name, spec), false, run::in);
    }

    private SimulationRequest request() {
        return new SimulationRequest(
                model.read(),
                method,
                common.seed(),
                firstPath,
                paths,
                optional(dt),
                optional(eta),
                optional(until),
                steps == null ? OptionalLong.empty() : OptionalLong.of(steps),
                save,
                precision,
                MethodOptions.given(command),
                sampling.get(),
                Optional.ofNullable(of),
                lags,
                Optional.ofNullable(clock),
                histogram);
    }

    private static OptionalDouble optional(@Nullable Double x) {
        return x == null ? OptionalDouble.empty() : OptionalDouble.of(x);
    }
}
