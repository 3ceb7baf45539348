package ornstein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import ornstein.claim.Claim;
import ornstein.claim.ClaimResult;
import ornstein.claim.Claims;
import ornstein.claim.Context;
import ornstein.claim.Prediction;
import ornstein.claim.Scale;
import ornstein.claim.Units;
import ornstein.claim.Verdict;
import ornstein.claim.suite.ResultTables;
import ornstein.claim.suite.Validation;
import ornstein.report.ClaimPage;
import ornstein.report.RunPage;
import ornstein.run.RunFolder;
import ornstein.run.Timings;
import ornstein.spec.Nearest;
import ornstein.spec.UserError;
import ornstein.train.data.DataSpec;
import ornstein.train.data.DataStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ornstein validate`: does the experiments on claims and says what came out.
@Command(
        name = "validate",
        description = {
            "Tests claims of the theory on real training, and says for each whether it is reproduced.",
            "The run goes on where it was interrupted when the same command is given again."
        })
final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private final Common common = new Common();

    @Parameters(paramLabel = "CLAIM|GROUP", arity = "0..*", description = "Ids (C13) or groups (fast-equilibrium).")
    private List<String> names = List.of();

    @Option(names = "--all", description = "Every claim.")
    private boolean all;

    @Option(names = "--scale", paramLabel = "S", description = "quick, full or paper (default: quick).")
    private Scale scale = Scale.QUICK;

    @Option(names = "--data", paramLabel = "D", description = "Data set (default: synthetic).")
    private String data = "synthetic";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where files of data are looked for first, then in ORNSTEIN_DATA, then in the cache folder.")
    private @Nullable Path dataDir;

    @Option(
            names = "--record",
            description = "Also write RESULT.md and its figures beside each claim.yaml, to be committed; of other data"
                    + " than synthetic in a folder of their name.")
    private boolean record;

    /// A claim in the answer.
    ///
    /// @param runsNeeded runs a group that would decide an undecided claim; else null
    /// @param report the page of the run; null where nothing was run
    record Answer(
            String claim,
            String group,
            String verdict,
            String scale,
            long seed,
            double seconds,
            List<Row> predictions,
            @Nullable Long runsNeeded,
            @Nullable String report) {}

    /// A prediction in the answer; `ci` is `[lo, hi]`.
    record Row(
            String name,
            @Nullable Double predicted,
            @Nullable Double measured,
            @Nullable List<Double> ci,
            @Nullable Boolean holds) {}

    @Override
    public Integer call() throws Exception {
        if (all == !names.isEmpty()) {
            throw new UserError("name claims or groups, or give --all; ornstein claims lists them");
        }
        if (!DataSpec.NAMES.contains(data)) {
            throw new UserError("--data: no data set \"" + data + "\"" + Nearest.hint(data, DataSpec.NAMES));
        }
        Claims claims = Claims.read(ClaimsCommand.folder());
        List<Claim> chosen = all ? claims.all() : claims.select(names);
        DataStore store = new DataStore(dataDir, common::progress);
        Context context = new Context(scale, data, common.seed(), store::load);
        Validation validation = new Validation(chosen, context);
        if (validation.isEmpty()) {
            return answer(validation.notRun(), 0, null);
        }
        return common.run(
                common.plan(all ? "all" : String.join("-", names), spec(chosen), context.files(), Map.of()),
                false,
                folder -> run(validation, folder));
    }

    private int run(Validation validation, RunFolder folder) throws Exception {
        long start = System.nanoTime();
        Units units = new Units(folder, common.threads(), common.interruption(), common::progress);
        validation.run(units);
        List<ClaimResult> results = validation.analyse(units);
        double seconds = (System.nanoTime() - start) / 1e9;
        ResultTables.results(folder.path(), results);
        validation.writeRaw(units, folder.path());
        Timings.write(folder, "expected");
        write(folder, results);
        return answer(results, seconds, folder.file(RunPage.HTML).toString());
    }

    /// The page of the run, and with `--record` the RESULT.md of each claim.
    private void write(RunFolder folder, List<ClaimResult> results) {
        String title = "Validation of " + (all ? "all claims" : String.join(", ", names)) + " on " + data;
        String problem = RunPage.write(folder.path(), ClaimPage.of(title, results, folder.manifest()));
        for (ClaimResult result : results) {
            if (record && result.verdict() != Verdict.NOT_RUN) {
                RunPage.writeMarkdown(
                        result.claim().resultOn(data), ClaimPage.result(result, data, scale, folder.manifest()));
            }
        }
        if (problem != null) {
            common.note(problem);
        }
    }

    /// What decides the results, besides seed and data.
    private Object spec(List<Claim> chosen) {
        Map<String, Object> experiments = new TreeMap<>();
        for (Claim claim : chosen) {
            experiments.put(claim.id(), claim.plainSettings(data, scale));
        }
        return Map.of("data", data, "scale", scale.text(), "claims", experiments);
    }

    private int answer(List<ClaimResult> results, double seconds, @Nullable String report) {
        List<Answer> answers = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (ClaimResult result : results) {
            answers.add(new Answer(
                    result.claim().id(),
                    result.claim().group(),
                    result.verdict().text(),
                    scale.text(),
                    common.seed(),
                    seconds,
                    result.predictions().stream().map(ValidateCommand::row).toList(),
                    result.runsNeeded() > 0 ? result.runsNeeded() : null,
                    report));
            text.append(result.claim().id()).append(' ').append(result.claim().title());
            text.append(": ").append(result.verdict().text());
            text.append(result.runsNeeded() > 0 ? " (about " + result.runsNeeded() + " runs would decide)\n" : "\n");
            if (result.verdict() == Verdict.NOT_RUN) {
                result.notes().forEach(note -> text.append("    ").append(note).append('\n'));
            }
            if (!result.predictions().isEmpty()) {
                text.append(ClaimPage.predictions(result).text(120)).append('\n');
            }
        }
        if (report != null) {
            text.append("report: ").append(report).append('\n');
        }
        common.answer(answers, text.toString());
        boolean reproduced = results.stream().allMatch(result -> result.verdict() == Verdict.REPRODUCED);
        return reproduced ? Exit.DONE : Exit.UNMET;
    }

    private static Row row(Prediction p) {
        var ci = p.ci();
        return new Row(p.name(), p.predicted(), p.measured(), ci == null ? null : List.of(ci.lo(), ci.hi()), p.holds());
    }
}
