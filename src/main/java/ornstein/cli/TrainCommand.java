package ornstein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import ornstein.claim.LandscapeUnit;
import ornstein.claim.TrainUnit;
import ornstein.claim.Units;
import ornstein.run.RunFolder;
import ornstein.spec.Decimal;
import ornstein.spec.UserError;
import ornstein.stats.chart.Chart;
import ornstein.train.Init;
import ornstein.train.NetworkSpec;
import ornstein.train.Optimiser;
import ornstein.train.Precision;
import ornstein.train.ProbePlan;
import ornstein.train.Schedule;
import ornstein.train.TrainSpec;
import ornstein.train.data.DataSpec;
import ornstein.train.data.Dataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ornstein train`: trains replicas of a network by SGD or another algorithm.
@Command(
        name = "train",
        modelTransformer = MethodOptions.OfTraining.class,
        description = {
            "Trains replicas of a network by SGD with weight decay or another algorithm, each with its own noise, or moves"
                    + " them along a flow that the algorithm follows.",
            "SGD: w' = (1 - eta lambda) w - eta g; with momentum v' = rho v + g + lambda w, w' = w - eta v'.",
            "An interrupted run goes on when the same command is given again."
        })
final class TrainCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Mixin
    private final Common common = new Common();

    @Mixin
    private final DataOptions data = new DataOptions();

    @Mixin
    private final StartOptions start = new StartOptions();

    @Mixin
    private final SamplingOption sampling = new SamplingOption();

    @Parameters(paramLabel = "NETWORK", description = "A file, or the name of a network in models/.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path network;

    @Option(
            names = "--eta",
            required = true,
            paramLabel = "E",
            description = "Learning rate: VALUE or VALUE,STEP:VALUE,... such as 0.1,5000:0.01.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String eta;

    @Option(names = "--lambda", paramLabel = "L", description = "Weight decay, as --eta (default: 0).")
    private String lambda = "0";

    @Option(
            names = "--method",
            paramLabel = "M",
            description =
                    "An algorithm (ornstein methods), or gradient-flow, or modified-flow: the flow whose end points"
                            + " the algorithm's mean follows to second order in eta (default: sgd).")
    private String method = "sgd";

    @Option(
            names = "--of",
            paramLabel = "A",
            description = "The algorithm that modified-flow is of: gd or sgd" + " (default: sgd).")
    private @Nullable String of;

    @Option(names = "--momentum", paramLabel = "RHO", description = "As --method momentum --beta RHO; 0 is sgd.")
    private @Nullable Double momentum;

    @Option(
            names = "--batch",
            paramLabel = "B",
            description = "Examples in a batch; of ngd, in the batch whose noise it has (default: 16).")
    private int batch = 16;

    @Option(names = "--steps", required = true, paramLabel = "K", description = "Updates.")
    private long steps;

    @Option(
            names = "--label-noise",
            paramLabel = "P",
            description = "Probability that a label of a batch is replaced by a random class (default: 0).")
    private double labelNoise;

    @Option(names = "--replicas", paramLabel = "R", description = "Replicas of each initialisation (default: 1).")
    private int replicas = 1;

    @Option(
            names = "--group",
            paramLabel = "G",
            description = "Replicas that train side by side; part of the result (default: by the network).")
    private int group;

    @Option(
            names = "--first-replica",
            paramLabel = "N",
            description = "Number of the first replica, which its noise depends on (default: 0).")
    private long firstReplica;

    @Option(names = "--precision", paramLabel = "P", description = "f64 or f32 (default: f64).")
    private Precision precision = Precision.F64;

    @Option(
            names = "--save",
            paramLabel = "S",
            description = "Saved steps besides the start, at even distances (default: 100).")
    private int save = 100;

    @Option(names = "--training", description = "Evaluate all training examples too at every saved step.")
    private boolean training;

    @Option(names = "--groups", description = "Also groups.csv: |w|, |g| and rotation of every scale-invariant group.")
    private boolean groups;

    @Option(names = "--keep", description = "Keep the weights of every saved step, not only of the last.")
    private boolean keep;

    @Option(
            names = "--predictions",
            description = "Also predictions.parquet: class and logits of every held-out example at every saved step.")
    private boolean predictions;

    @Option(
            names = "--spectrum",
            paramLabel = "K",
            description =
                    "Also landscape.csv: the K largest eigenvalues of the training loss' Hessian at the last step,"
                            + " with --keep at every saved one.")
    private int spectrum;

    @Option(
            names = "--gradient-noise",
            paramLabel = "N",
            description = "Also landscape.csv: |grad L|^2 and the trace of a batch's noise covariance there, from N"
                    + " pairs of batches and from as many single examples; of scale-invariant networks by SGD with"
                    + " weight decay also how far batch and eta may be scaled together.")
    private int gradientNoise;

    /// What decides the results.
    ///
    /// @param spec all replicas of the first initialisation
    /// @param spectrum eigenvalues of each Hessian
    /// @param gradientNoise pairs of batches
    record Request(TrainSpec spec, int group, List<Init> inits, int spectrum, int gradientNoise) {}

    @Override
    public Integer call() throws Exception {
        DataSpec dataSpec = data.spec(common.seed(), 0, 0);
        Request request = request(dataSpec);
        Dataset loaded = data.load(dataSpec, common);
        return common.run(
                common.plan(request.spec.network().name(), request, loaded.described(), Map.of()),
                false,
                folder -> run(request, loaded, folder));
    }

    private Request request(DataSpec dataSpec) {
        try {
            return checked(dataSpec);
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    private Request checked(DataSpec dataSpec) {
        NetworkSpec spec = NetworkSpec.read(network);
        if (save < 1 || save > 100_000 || replicas < 1 || replicas > 1_000_000 || group < 0) {
            throw new UserError("--save lies in 1..100000, --replicas in 1..1000000, --group is at least 1");
        }
        if (spectrum < 0 || spectrum > Math.min(200, spec.parameters())) {
            throw new UserError("--spectrum " + spectrum + " lies in 0.." + Math.min(200, spec.parameters()));
        }
        if (gradientNoise < 0 || gradientNoise == 1 || gradientNoise > 1_000_000) {
            throw new UserError("--gradient-noise " + gradientNoise
                    + " lies in 2..1000000: a standard error needs two pairs; 0 for none");
        }
        List<Init> starts = start.starts();
        List<Long> saved = savedSteps();
        ProbePlan plan = new ProbePlan(
                saved, true, predictions, training, groups, false, keep ? saved : List.of(saved.getLast()));
        TrainSpec first = new TrainSpec(
                spec,
                precision,
                dataSpec,
                Schedule.parse(eta),
                Schedule.parse(lambda),
                optimiser(),
                batch,
                sampling.get(),
                labelNoise,
                starts.getFirst(),
                common.seed(),
                firstReplica,
                replicas,
                steps,
                plan);
        return new Request(first, group == 0 ? spec.groupSize() : group, starts, spectrum, gradientNoise);
    }

    private Optimiser optimiser() {
        Map<String, Double> numbers = MethodOptions.given(command);
        if (momentum == null) return new Optimiser(method, numbers, Optional.ofNullable(of));
        if (!method.equals("sgd") || !numbers.isEmpty() || of != null) {
            throw new UserError("--momentum " + Decimal.text(momentum) + " is short for --method momentum --beta "
                    + Decimal.text(momentum)
                    + ": give one of them");
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new UserError("--momentum " + Decimal.text(momentum) + ": must be from 0 to below 1");
        }
        return Optimiser.momentum(momentum);
    }

    private List<Long> savedSteps() {
        List<Long> saved = new ArrayList<>(List.of(0L));
        long count = Math.min(save, steps);
        for (long i = 1; i <= count; i++) {
            saved.add(Math.multiplyExact(i, steps) / count);
        }
        return saved;
    }

    private int run(Request request, Dataset loaded, RunFolder folder) {
        long begun = System.nanoTime();
        List<List<TrainUnit>> units = new ArrayList<>();
        for (int i = 0; i < request.inits.size(); i++) {
            TrainSpec all = request.spec
                    .withInit(request.inits.get(i))
                    .withReplicas(firstReplica + (long) i * replicas, replicas);
            List<TrainUnit> group = new ArrayList<>();
            for (TrainSpec spec : all.split(replicas, request.group)) {
                double cost = spec.seconds(loaded.train().count());
                group.add(
                        new TrainUnit(spec.network().name() + "-" + i + "-" + spec.firstReplica(), spec, loaded, cost));
            }
            units.add(group);
        }
        Units work = new Units(folder, common.threads(), common.interruption(), common::progress);
        work.complete("train", units.stream().flatMap(List::stream).toList());
        TrainResult result = TrainResult.of(request.spec, start.numbers(), units, work);
        TrainTables.write(folder.path(), result);
        List<Chart> charts = List.of();
        TrainLandscape.@Nullable Scaling scaling = null;
        if (spectrum > 0 || gradientNoise > 0) {
            List<List<LandscapeUnit>> around = TrainLandscape.units(units, spectrum, gradientNoise, work);
            work.complete("landscape", around.stream().flatMap(List::stream).toList());
            TrainLandscape landscape = TrainLandscape.of(start.numbers(), around, work);
            landscape.write(folder.path());
            charts = landscape.charts();
            scaling = landscape.scaling(request.spec);
        }
        String problem = result.writePage(folder, charts);
        if (problem != null) {
            common.note(problem);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        Map<String, Object> answer = result.answer(common.seed(), seconds, folder.path());
        if (scaling != null) answer.put("linearScaling", scaling);
        common.answer(answer, result.text() + (scaling == null ? "" : scaling.text()));
        return result.allDiverged() ? Exit.UNMET : Exit.DONE;
    }
}
