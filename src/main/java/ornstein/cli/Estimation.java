package ornstein.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import ornstein.ensemble.Ensemble;
import ornstein.ensemble.EnsembleResult;
import ornstein.ensemble.Simulation;
import ornstein.ensemble.SimulationRequest;
import ornstein.ensemble.estimator.Mlmc;
import ornstein.ensemble.estimator.TalayTubaro;
import ornstein.kernel.Backend;
import ornstein.kernel.BackendChoice;
import ornstein.method.EstimatorMethod;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.method.StepMethod;
import ornstein.model.SdeModel;
import ornstein.report.EstimateAnswer;
import ornstein.report.EstimateFiles;
import ornstein.run.RunFolder;
import ornstein.spec.Counted;
import ornstein.spec.Decimal;
import ornstein.spec.UserError;
import picocli.CommandLine.Model.OptionSpec;

/// `ornstein simulate` with an estimator as its method.
final class Estimation {
    private static final List<String> OF_PATHS =
            List.of("--keep", "--lags", "--histogram", "--backend", "--fast-math", "--sampling");
    private static final List<String> OF_PATHS_AND_STEPS = Stream.concat(
                    OF_PATHS.stream(),
                    Stream.of(
                            "--paths", "--first-path", "--dt", "--steps", "--save", "--precision", "--clock", "--eta"))
            .toList();

    private final Common common;
    private final EstimatorMethod method;
    private final SimulationRequest request;

    /// @param request as the user made it, of the estimator
    Estimation(Common common, EstimatorMethod method, SimulationRequest request) {
        this.common = common;
        this.method = method;
        this.request = request;
    }

    /// Refuses options of `simulate` that an estimator does not take.
    static void refuse(EstimatorMethod method, List<OptionSpec> given) {
        boolean levels = method.equals(EstimatorMethod.MLMC);
        List<String> refused = levels ? OF_PATHS_AND_STEPS : OF_PATHS;
        for (OptionSpec option : given) {
            if (!refused.contains(option.longestName())) continue;
            throw new UserError(option.longestName() + ": " + method.name()
                    + (levels
                            ? " chooses paths and steps by --tolerance, and --coarsest for the coarsest level"
                            : " extrapolates means of two ensembles on the CPU")
                    + "; leave it out");
        }
    }

    Integer run() throws Exception {
        Settings asked = new Settings(1, request.numbers(), Sampling.IID, request.of());
        StepMethod base = method.base(request.model(), asked);
        for (String name : request.numbers().keySet()) {
            if (method.accepted(asked).stream().noneMatch(o -> o.name().equals(name))) {
                throw new UserError("--" + name + ": " + method.name() + " of " + base.name() + " does not take it");
            }
        }
        return method.equals(EstimatorMethod.MLMC) ? levels(base, asked) : extrapolation(base);
    }

    private Map<String, Double> ofBase(StepMethod base) {
        Map<String, Double> own = new LinkedHashMap<>(request.numbers());
        own.keySet()
                .removeIf(name -> name.equals(EstimatorMethod.TOLERANCE.name())
                        || base.options().stream().noneMatch(o -> o.name().equals(name)));
        return own;
    }

    private Integer extrapolation(StepMethod base) throws Exception {
        Simulation coarse = new SimulationRequest(
                        request.model(),
                        base.name(),
                        request.seed(),
                        request.firstPath(),
                        request.paths(),
                        request.dt(),
                        request.eta(),
                        request.until(),
                        request.steps(),
                        request.save(),
                        request.precision(),
                        ofBase(base),
                        request.sampling(),
                        Optional.empty(),
                        request.lags(),
                        request.clock(),
                        false)
                .resolve();
        TalayTubaro pair = TalayTubaro.of(coarse);
        Map<String, Object> spec = coarse.plain();
        spec.put("method", method.canonical());
        spec.put("of", base.name());
        String name = request.model().name() + "-" + method.name();
        return common.run(common.plan(name, spec), false, folder -> {
            Backend backend = BackendChoice.of((double) coarse.ensemble().paths()
                            * coarse.ensemble().steps())
                    .backend();
            TalayTubaro.Result result =
                    new TalayTubaro.Result(pair, ensemble(pair.coarse(), backend), ensemble(pair.fine(), backend));
            done(folder, result.coarse().seconds() + result.fine().seconds());
            String problem = EstimateFiles.write(folder, result);
            if (problem != null) common.note(problem);
            common.answer(
                    EstimateAnswer.of(result, backend.name().toLowerCase(java.util.Locale.ROOT)),
                    EstimateAnswer.asked(result) + "\n"
                            + EstimateAnswer.table(result).text());
            tellFailures(result.coarse().failures().count()
                    + result.fine().failures().count());
            return result.coarse().count() == 0 || result.fine().count() == 0 ? Exit.UNMET : Exit.DONE;
        });
    }

    private EnsembleResult ensemble(Simulation simulation, Backend backend) {
        return new Ensemble(simulation.ensemble(), backend)
                .threads(common.threads())
                .telling(common::progress)
                .until(common.interruption())
                .run();
    }

    private Integer levels(StepMethod base, Settings asked) throws Exception {
        SdeModel model = (SdeModel) request.model();
        double until = request.until().orElse(SimulationRequest.DEFAULT_UNTIL);
        if (!(until > 0) || Double.isInfinite(until)) {
            throw new UserError("--until " + Decimal.text(until) + ": must be positive and finite");
        }
        Mlmc mlmc = new Mlmc(
                model,
                base,
                ofBase(base),
                method.weakOrder(model, base),
                until,
                asked.number(EstimatorMethod.TOLERANCE),
                asked.whole(EstimatorMethod.COARSEST),
                request.seed(),
                common.threads());
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("model", model.canonical());
        spec.put("method", method.canonical());
        spec.put("of", base.name());
        spec.put("options", new TreeMap<>(mlmc.numbers()));
        spec.put("until", until);
        spec.put("tolerance", mlmc.tolerance());
        spec.put("coarsest", mlmc.coarsest());
        return common.run(common.plan(model.name() + "-mlmc", spec), false, folder -> {
            long begun = System.nanoTime();
            Mlmc.Result result = mlmc.run(common.interruption(), common::progress);
            double seconds = (System.nanoTime() - begun) / 1e9;
            done(folder, seconds);
            String problem = EstimateFiles.write(folder, mlmc, result);
            if (problem != null) common.note(problem);
            common.answer(
                    EstimateAnswer.of(mlmc, result, seconds),
                    EstimateAnswer.table(mlmc, result).text()
                            + EstimateAnswer.levels(result).text()
                            + EstimateFiles.costs(mlmc, result));
            tellFailures(result.failed());
            return Exit.DONE;
        });
    }

    private static void done(RunFolder folder, double seconds) {
        folder.done("paths", Map.of("seconds", seconds));
    }

    private static void tellFailures(long failed) {
        if (failed > 0)
            System.err.println(Counted.of(failed, "path") + " blew up and " + Counted.are(failed) + " left out");
    }
}
