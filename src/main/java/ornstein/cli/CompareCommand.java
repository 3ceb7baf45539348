package ornstein.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import ornstein.ensemble.compare.Comparison;
import ornstein.ensemble.compare.Side;
import ornstein.method.Method;
import ornstein.method.Methods;
import ornstein.model.LossModel;
import ornstein.model.Model;
import ornstein.report.CompareAnswer;
import ornstein.report.CompareFiles;
import ornstein.run.Progress;
import ornstein.spec.Decimal;
import ornstein.spec.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `ornstein compare`: an algorithm and its limits side by side.
@Command(
        name = "compare",
        modelTransformer = MethodOptions.class,
        description = {
            "Puts an algorithm on a loss beside its limits, from one seed: distances between their laws at the saved"
                    + " times (W1 by coordinate, energy distance) with standard errors and, for W1, the distance of a"
                    + " second sample of the algorithm as the floor.",
            "The error of the first and second moments after one step against eta, eta/2, ..., eta/32 with its slope: by"
                    + " enumeration of the batches and noise, or over paths where an algorithm has too many batches."
                    + " Other options stay as eta is halved, beta among them.",
            "Where moments are exact (linear drift, noise at most affine): mean and covariance at the saved times, the"
                    + " same error at the last time, and the covariance after one epoch, shuffled beside independent."
        })
final class CompareCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Mixin
    private final Common common = new Common();

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Mixin
    private final SamplingOption sampling = new SamplingOption();

    @Option(names = "--of", paramLabel = "A", description = "The algorithm (default: sgd).")
    private String of = "sgd";

    @Option(
            names = "--with",
            paramLabel = "L",
            required = true,
            arity = "1..*",
            split = ",",
            description = "Its limits, such as gradient-flow sde1 sde2; ornstein methods lists them.")
    private List<String> limits = new ArrayList<>();

    @Option(names = "--eta", paramLabel = "ETA", description = "Learning rate (default: 0.1).")
    private double eta = 0.1;

    @Option(
            names = "--steps",
            paramLabel = "K",
            converter = Counts.class,
            description = "Steps of the algorithm (default: to eta k = 1, before the start is forgotten).")
    private @Nullable Long steps;

    @Option(
            names = "--finer",
            paramLabel = "F",
            description = "Steps of a limit for one of the algorithm, where paths are simulated (default: 4).")
    private int finer = 4;

    @Option(
            names = "--paths",
            paramLabel = "N",
            converter = Counts.class,
            description = "Paths of each, such as 1e4 (default: 10000).")
    private long paths = 10_000;

    @Option(
            names = "--save",
            paramLabel = "S",
            converter = Counts.class,
            description = "Saved times besides the start, the last among them (default: 20).")
    private long save = 20;

    @Override
    public Integer call() throws Exception {
        Model read = model.read();
        if (!(read instanceof LossModel loss)) {
            throw new UserError(read.name() + " is an sde; compare takes a loss, with an algorithm and its limits");
        }
        if (!(eta > 0) || Double.isInfinite(eta))
            throw new UserError("--eta " + Decimal.text(eta) + ": must be positive and finite");
        if (steps != null) whole("--steps", steps, 1_000_000_000);
        whole("--paths", paths, 100_000_000);
        whole("--save", save, 100_000);
        whole("--finer", finer, 1000);
        Comparison asked = comparison(loss);
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("model", loss.canonical());
        spec.put("of", of);
        spec.put("with", limits);
        spec.put("options", new TreeMap<>(MethodOptions.given(command)));
        spec.put("eta", eta);
        spec.put("sampling", sampling.get().name().toLowerCase(Locale.ROOT));
        spec.put("steps", asked.steps());
        spec.put("finer", finer);
        spec.put("paths", paths);
        spec.put("save", save);
        return common.run(common.plan(loss.name() + "-" + of + "-limits", spec), false, folder -> {
            long begun = System.nanoTime();
            CompareAnswer answer = told(asked);
            folder.done("compare", Map.of("seconds", (System.nanoTime() - begun) / 1e9));
            String problem = CompareFiles.write(folder, answer);
            if (problem != null) common.note(problem);
            return common.answer(answer, answer.text());
        });
    }

    private CompareAnswer told(Comparison asked) {
        try (Progress progress = common.progress("compare", "path steps", asked.pathSteps(), 0)) {
            return CompareAnswer.of(asked, common.interruption(), progress);
        }
    }

    private static void whole(String option, long x, long most) {
        if (x < 1 || x > most) throw new UserError(option + " " + x + ": must be from 1 to " + most);
    }

    private Comparison comparison(LossModel loss) {
        Method algorithm = Methods.named(of);
        if (algorithm.kind() != Method.Kind.ALGORITHM) {
            throw new UserError("--of " + of + ": must be an algorithm: "
                    + String.join(", ", Methods.names(m -> m.kind() == Method.Kind.ALGORITHM)));
        }
        Map<String, Double> given = MethodOptions.given(command);
        List<Side> sides = new ArrayList<>();
        for (String name : limits) {
            Method limit = Methods.named(name);
            if (limit.kind() != Method.Kind.LIMIT) {
                throw new UserError("--with " + name + ": must be a limit of " + of + ": "
                        + String.join(", ", Methods.names(m -> m.about().of().contains(of))));
            }
            if (limits.indexOf(name) < sides.size()) throw new UserError("--with " + name + " is given twice");
            sides.add(side(loss, limit, algorithm, given));
        }
        Side own = side(loss, algorithm, algorithm, given);
        for (String option : given.keySet()) {
            if (!own.numbers().containsKey(option)
                    && sides.stream().noneMatch(s -> s.numbers().containsKey(option))) {
                throw new UserError(
                        "--" + option + ": neither " + of + " nor " + String.join(", ", limits) + " takes it");
            }
        }
        own.motion(1);
        sides.forEach(s -> s.motion(finer));
        long until = steps != null ? steps : Math.max(1, Math.round(1 / own.gradientTime()));
        return new Comparison(own, sides, until, finer, paths, save, common.seed(), common.threads());
    }

    private Side side(LossModel loss, Method method, Method algorithm, Map<String, Double> given) {
        Map<String, Double> own = new LinkedHashMap<>();
        List<ornstein.method.Option> taken = new ArrayList<>(method.options());
        taken.addAll(algorithm.options());
        for (ornstein.method.Option o : taken) {
            @Nullable Double value = given.get(o.name());
            if (value != null) own.put(o.name(), value);
        }
        return new Side(loss, method, algorithm, own, sampling.get(), eta);
    }
}
