package ornstein.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import ornstein.claim.Claim;
import ornstein.claim.ClaimResult;
import ornstein.claim.Prediction;
import ornstein.claim.Scale;
import ornstein.run.Manifest;
import ornstein.stats.chart.Chart;

/// Pages and tables of what was found out about claims.
public final class ClaimPage {
    private ClaimPage() {}

    /// The page of a run: verdicts at a glance, then claim by claim, how it was made, and the references.
    public static Page of(String title, List<ClaimResult> results, Manifest manifest) {
        var blocks = new ArrayList<Block>();
        if (results.size() > 1) {
            blocks.add(new Block.Table(verdicts(results), ""));
        }
        results.forEach(result -> blocks.addAll(claim(result)));
        blocks.addAll(RunPage.provenance(manifest));
        blocks.add(new Block.Heading("References"));
        var sources = new TreeSet<String>();
        results.forEach(result -> sources.add(result.claim().source()));
        sources.forEach(source -> blocks.add(new Block.Text(source)));
        return new Page(title, blocks);
    }

    /// What came out for one claim, as it is kept beside its `claim.yaml`, which holds the spec.
    public static Page result(ClaimResult result, String data, Scale scale, Manifest manifest) {
        var blocks = new ArrayList<Block>(claim(result));
        blocks.addAll(RunPage.origin(manifest));
        blocks.add(new Block.Heading("References"));
        blocks.add(new Block.Text(result.claim().source()));
        return new Page(result.claim().id() + " on " + data + ", scale " + scale.text(), blocks);
    }

    /// One row a claim: id, title, verdict.
    public static Grid verdicts(List<ClaimResult> results) {
        return new Grid(
                List.of("claim", "verdict", "title"),
                results.stream()
                        .map(result -> List.of(
                                result.claim().id(),
                                result.verdict().text(),
                                result.claim().title()))
                        .toList());
    }

    /// One row a prediction: predicted, measured, interval, whether it holds, and what it says.
    public static Grid predictions(ClaimResult result) {
        return new Grid(
                List.of("", "predicted", "measured", "90 % interval", "holds", "prediction"),
                result.predictions().stream().map(ClaimPage::row).toList());
    }

    private static List<String> row(Prediction prediction) {
        var row = new ArrayList<>(List.of(prediction.name()));
        row.addAll(numbers(prediction));
        row.add(prediction.statement());
        return row;
    }

    private static List<String> numbers(Prediction prediction) {
        return List.of(
                Numbers.text(prediction.predicted()),
                Numbers.text(prediction.measured()),
                Numbers.text(prediction.ci()),
                holds(prediction.holds()));
    }

    /// The same with name and statement in one column, for pages, which break lines.
    private static Grid table(ClaimResult result) {
        var rows = new ArrayList<List<String>>();
        for (Prediction prediction : result.predictions()) {
            var row = new ArrayList<>(List.of(prediction.name() + ": " + prediction.statement()));
            row.addAll(numbers(prediction));
            rows.add(row);
        }
        return new Grid(List.of("prediction", "predicted", "measured", "90 % interval", "holds"), rows);
    }

    private static String holds(@Nullable Boolean holds) {
        return holds == null ? "undecided" : holds ? "yes" : "no";
    }

    private static List<Block> claim(ClaimResult result) {
        Claim claim = result.claim();
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Verdict(
                claim.id() + " " + claim.title(), result.verdict().text()));
        blocks.add(new Block.Text(claim.statement()));
        blocks.add(new Block.Text("What it predicts: " + claim.prediction()));
        if (!result.predictions().isEmpty()) {
            blocks.add(new Block.Table(table(result), ""));
        }
        if (result.runsNeeded() > 0) {
            blocks.add(new Block.Text("Undecided: it would take about " + result.runsNeeded() + " runs per group."));
        }
        String prefix = claim.id().toLowerCase(Locale.ROOT) + "-";
        for (Chart chart : result.charts()) {
            blocks.add(new Block.Picture(chart.id().startsWith(prefix) ? chart : chart.withId(prefix + chart.id())));
        }
        if (!result.notes().isEmpty()) {
            blocks.add(new Block.Notes(result.notes()));
        }
        return blocks;
    }
}
