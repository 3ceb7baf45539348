package ornstein.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import ornstein.ensemble.order.Convergence;
import ornstein.method.EstimatorMethod;
import ornstein.method.Method;
import ornstein.method.Methods;
import ornstein.method.Option;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.model.Model;
import ornstein.model.SdeModel;
import ornstein.report.ConvergenceAnswer;
import ornstein.report.ConvergenceFiles;
import ornstein.run.Progress;
import ornstein.run.RunFolder;
import ornstein.spec.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ornstein converge`: the orders of convergence of methods on a model.
@Command(
        name = "converge",
        modelTransformer = MethodOptions.class,
        description = {
            "Measures the strong and the weak order of methods on a model: the slope of log error on log step size, with"
                    + " a 90 %% interval, from step sizes T/2^C, T/2^(C+1), ... (default: T = 1, 6 sizes from 2^-5).",
            "Strong: root mean square at T of the difference between steps h and h/2 on one Brownian path.",
            "Weak: the Euclidean length of the errors of all first and second moments at T; exact, against the exact law,"
                    + " where the model's steps are affine, else over coupled paths of steps h and h/2.",
            "The limit is checked against the exact law, or against another method on the same Brownian paths."
        })
final class ConvergeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Mixin
    private final Common common = new Common();

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @picocli.CommandLine.Option(
            names = "--method",
            paramLabel = "M",
            required = true,
            arity = "1..*",
            split = ",",
            description = "Methods, such as euler-maruyama milstein; ornstein methods lists them.")
    private List<String> methods = new ArrayList<>();

    @picocli.CommandLine.Option(names = "--strong", description = "Only the strong order.")
    private boolean strong;

    @picocli.CommandLine.Option(names = "--weak", description = "Only the weak order.")
    private boolean weak;

    @picocli.CommandLine.Option(
            names = "--until",
            paramLabel = "T",
            description = "The time at which errors are taken (default: 1).")
    private double until = Convergence.DEFAULT_UNTIL;

    @picocli.CommandLine.Option(
            names = "--coarsest",
            paramLabel = "C",
            description = "The largest step is T/2^C (default: 5).")
    private int coarsest = Convergence.DEFAULT_COARSEST;

    @picocli.CommandLine.Option(
            names = "--sizes",
            paramLabel = "S",
            description = "Step sizes, each half the one before (default: 6).")
    private int sizes = Convergence.DEFAULT_SIZES;

    @picocli.CommandLine.Option(
            names = "--paths",
            paramLabel = "N",
            converter = Counts.class,
            description = "Coupled paths, a multiple of 32 (default: 2048).")
    private long paths = Convergence.DEFAULT_PATHS;

    @picocli.CommandLine.Option(
            names = "--of",
            paramLabel = "M",
            description = "The steps that talay-tubaro extrapolates (default: euler-maruyama).")
    private @Nullable String of;

    @Override
    public Integer call() throws Exception {
        Model read = model.read();
        List<Convergence> asked = new ArrayList<>();
        Map<String, Double> given = MethodOptions.given(command);
        for (String name : methods) asked.add(convergence(read, Methods.named(name), given));
        if (of != null && asked.stream().noneMatch(c -> c.method() instanceof EstimatorMethod)) {
            throw new UserError("--of " + of + ": none of " + String.join(", ", methods)
                    + " is over the steps of another method; leave it out, or take talay-tubaro");
        }
        for (String option : given.keySet()) {
            if (asked.stream().noneMatch(c -> c.numbers().containsKey(option))) {
                throw new UserError("--" + option + ": none of " + String.join(", ", methods) + " takes it");
            }
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("model", read.canonical());
        spec.put("methods", methods);
        if (of != null) spec.put("of", of);
        spec.put("options", given);
        spec.put("until", until);
        spec.put("coarsest", coarsest);
        spec.put("sizes", sizes);
        spec.put("paths", paths);
        spec.put("strong", strong || !weak);
        spec.put("weak", weak || !strong);
        return common.run(common.plan(read.name() + "-orders", spec), false, folder -> run(asked, folder));
    }

    private Convergence convergence(Model read, Method method, Map<String, Double> given) {
        method.check(read);
        if (!(read instanceof SdeModel sde)) {
            throw new UserError(read.name() + " is a loss; converge takes sde models. The order of a limit in the"
                    + " learning rate: ornstein compare");
        }
        Map<String, Double> own = new LinkedHashMap<>();
        for (Option o : method.accepted(new Settings(1, given, Sampling.IID, Optional.ofNullable(of)))) {
            Double value = given.get(o.name());
            if (value != null) own.put(o.name(), value);
        }
        if (paths > Integer.MAX_VALUE) throw new UserError("--paths " + paths + ": must be below 2^31");
        return new Convergence(
                sde,
                method,
                own,
                Optional.ofNullable(of),
                until,
                coarsest,
                sizes,
                (int) paths,
                common.seed(),
                common.threads());
    }

    private int run(List<Convergence> asked, RunFolder folder) {
        List<ConvergenceAnswer> answers = new ArrayList<>();
        try (Progress progress = common.progress("converge", "methods", asked.size(), 0)) {
            for (Convergence c : asked) {
                long begun = System.nanoTime();
                answers.add(answer(c));
                folder.done(c.method().name(), Map.of("seconds", (System.nanoTime() - begun) / 1e9));
                progress.step(1);
            }
        }
        String problem = ConvergenceFiles.write(folder, asked.getFirst().model().name(), until, answers);
        if (problem != null) common.note(problem);
        return common.answer(answers, ConvergenceAnswer.table(answers).text());
    }

    private ConvergenceAnswer answer(Convergence c) {
        Convergence.@Nullable Measured paths =
                weak && !strong ? null : c.strong(common.interruption()).orElse(null);
        Convergence.@Nullable Measured laws =
                strong && !weak ? null : c.weak(common.interruption()).orElse(null);
        return ConvergenceAnswer.of(c.method().name(), paths, laws);
    }
}
