package ornstein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleBiFunction;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.jspecify.annotations.Nullable;
import ornstein.claim.Results;
import ornstein.claim.TrainUnit;
import ornstein.report.Block;
import ornstein.report.Grid;
import ornstein.report.Numbers;
import ornstein.report.Page;
import ornstein.report.RunPage;
import ornstein.run.RunFolder;
import ornstein.spec.Counted;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Clock;
import ornstein.stats.chart.Series;
import ornstein.stats.chart.Timing;
import ornstein.train.Divergence;
import ornstein.train.Outcome;
import ornstein.train.Probe;
import ornstein.train.TrainSpec;

/// What a training run says: means over replicas with standard errors, for every initialisation and saved step.
final class TrainResult {
    /// A number that every probe has for every replica.
    enum Quantity {
        LOSS("loss", Probe::loss),
        ACCURACY("accuracy", Probe::accuracy),
        TRAINING_LOSS("training_loss", Probe::trainingLoss),
        TRAINING_ACCURACY("training_accuracy", Probe::trainingAccuracy),
        NORM("norm", Probe::norm),
        CLOCK("clock", Probe::clock);

        final String column;

        @SuppressWarnings("ImmutableEnumChecker") // a method reference
        final ToDoubleBiFunction<Probe, Integer> of;

        Quantity(String column, ToDoubleBiFunction<Probe, Integer> of) {
            this.column = column;
            this.of = of;
        }

        String text() {
            return column.replace('_', ' ');
        }
    }

    /// One initialisation by its number: its groups of replicas, in order.
    record Start(int number, List<Part> groups) {}

    /// A group of replicas that trained side by side.
    record Part(long firstReplica, Outcome outcome) {}

    /// A mean over replicas.
    ///
    /// @param se standard error; NaN of a single replica
    record Mean(double mean, double se) {
        static Mean of(SummaryStatistics all) {
            double n = all.getN();
            return new Mean(all.getMean(), n > 1 ? all.getStandardDeviation() / Math.sqrt(n) : Double.NaN);
        }

        /// Means of an initialisation against the step, with a band of 1.96 standard errors to either side.
        static Series series(int init, double[] steps, List<Mean> means) {
            double[] y = means.stream().mapToDouble(Mean::mean).toArray();
            double[] lo = new double[y.length];
            double[] hi = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                double se = means.get(i).se;
                double reach = Double.isFinite(se) ? 1.96 * se : 0;
                lo[i] = y[i] - reach;
                hi[i] = y[i] + reach;
            }
            return Series.line("initialisation " + init, steps, y).interval(lo, hi);
        }
    }

    /// One saved step in the answer.
    record Saved(int init, long step, long replicas, Map<String, Mean> values) {}

    private final TrainSpec spec;
    private final List<Start> starts;
    private final List<Saved> saved;
    private final List<Divergence> diverged;

    private TrainResult(TrainSpec spec, List<Start> starts) {
        this.spec = spec;
        this.starts = starts;
        saved = new ArrayList<>();
        diverged = new ArrayList<>();
        for (Start start : starts) {
            for (int p = 0; p < spec.probes().steps().size(); p++) {
                saved.add(saved(start, p));
            }
            start.groups.forEach(part -> diverged.addAll(part.outcome.diverged()));
        }
    }

    /// @param numbers of the initialisations, one a list of units
    static TrainResult of(TrainSpec spec, List<Integer> numbers, List<List<TrainUnit>> units, Results results) {
        List<Start> starts = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            List<Part> groups = new ArrayList<>();
            units.get(i).forEach(unit -> groups.add(new Part(unit.spec().firstReplica(), unit.outcome(results))));
            starts.add(new Start(numbers.get(i), groups));
        }
        return new TrainResult(spec, starts);
    }

    private Saved saved(Start start, int p) {
        Map<String, Mean> values = new LinkedHashMap<>();
        long replicas = 0;
        for (Quantity quantity : Quantity.values()) {
            SummaryStatistics all = new SummaryStatistics();
            for (Part part : start.groups) {
                Probe probe = part.outcome.probes().get(p);
                for (int r = 0; r < part.outcome.replicas(); r++) {
                    double value = quantity.of.applyAsDouble(probe, r);
                    if (Double.isFinite(value)) {
                        all.addValue(value);
                    }
                }
            }
            values.put(quantity.column, Mean.of(all));
            replicas = Math.max(replicas, all.getN());
        }
        return new Saved(start.number, spec.probes().steps().get(p), replicas, values);
    }

    boolean allDiverged() {
        return saved.getLast().replicas() == 0;
    }

    TrainSpec spec() {
        return spec;
    }

    List<Start> starts() {
        return starts;
    }

    List<Saved> saved() {
        return saved;
    }

    /// The value of `--json`.
    Map<String, Object> answer(long seed, double seconds, Path folder) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("network", spec.network().name());
        answer.put("data", spec.data());
        answer.put("seed", seed);
        answer.put("replicas", spec.replicas());
        answer.put("steps", spec.steps());
        answer.put("saved", saved);
        answer.put("diverged", diverged);
        answer.put("snapshots", snapshots());
        answer.put("folder", folder.toString());
        answer.put("seconds", seconds);
        return answer;
    }

    private List<String> snapshots() {
        return starts.stream()
                .flatMap(start -> start.groups.stream())
                .map(part -> part.outcome.snapshotFile(spec.steps()).toString())
                .toList();
    }

    /// The last saved step of every initialisation, and who diverged.
    String text() {
        StringBuilder text = new StringBuilder(last().text(120));
        if (!diverged.isEmpty()) {
            Divergence first = diverged.getFirst();
            text.append(Counted.of(diverged.size(), "replica") + " diverged and " + Counted.are(diverged.size())
                    + " left out, such as replica " + first.replica()
                    + " at step " + first.step() + " (seed " + first.seed() + ")\n");
        }
        text.append("weights: " + snapshots().getFirst() + (snapshots().size() > 1 ? " and others\n" : "\n"));
        return text.toString();
    }

    private Grid last() {
        List<String> head = new ArrayList<>(List.of("init", "step", "replicas"));
        List<Quantity> measured =
                Arrays.stream(Quantity.values()).filter(this::measured).toList();
        measured.forEach(quantity -> head.add(quantity.text()));
        List<List<String>> rows = new ArrayList<>();
        for (Saved s : saved) {
            if (s.step == spec.steps()) {
                List<String> row = new ArrayList<>(List.of(s.init + "", s.step + "", s.replicas + ""));
                measured.forEach(quantity -> row.add(Numbers.withError(mean(s, quantity).mean, mean(s, quantity).se)));
                rows.add(row);
            }
        }
        return new Grid(head, rows);
    }

    private boolean measured(Quantity quantity) {
        return saved.stream().anyMatch(s -> Double.isFinite(mean(s, quantity).mean));
    }

    /// Writes report.html and its figures, `more` at the end; returns why there are none, or null.
    @Nullable String writePage(RunFolder folder, List<Chart> more) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Text(asked()));
        blocks.add(new Block.Table(last(), "The last step: means over replicas, with standard errors."));
        for (Quantity quantity : Quantity.values()) {
            if (measured(quantity)) {
                blocks.add(new Block.Picture(chart(quantity)));
            }
        }
        more.forEach(chart -> blocks.add(new Block.Picture(timed(chart))));
        blocks.addAll(RunPage.provenance(folder.manifest()));
        return RunPage.write(
                folder.path(), new Page("Training of " + spec.network().name(), blocks));
    }

    private String asked() {
        String text = String.format(
                Locale.ROOT,
                "%s on %s by %s: eta %s, lambda %s, batches of %d (%s), %s; %s of each initialisation, %s.",
                spec.network().name(),
                spec.data().name(),
                spec.optimiser().text(),
                spec.eta().text(),
                spec.lambda().text(),
                spec.batch(),
                spec.sampling().name().toLowerCase(Locale.ROOT),
                spec.precision().name().toLowerCase(Locale.ROOT),
                Counted.of(spec.replicas(), "replica"),
                Counted.of(spec.steps(), "step"));
        double l = 1 / spec.optimiser().clockSteps();
        return l == 1 ? text : text + " Figures count steps of SGD, " + Numbers.text(l) + " of these each.";
    }

    private Chart chart(Quantity quantity) {
        List<Series> series = new ArrayList<>();
        for (Start start : starts) {
            List<Saved> points = saved.stream()
                    .filter(s -> s.init == start.number && Double.isFinite(mean(s, quantity).mean))
                    .toList();
            double[] x = points.stream().mapToDouble(Saved::step).toArray();
            List<Mean> means = points.stream().map(s -> mean(s, quantity)).toList();
            series.add(Mean.series(start.number, x, means));
        }
        String name = quantity.text();
        return timed(Chart.of(quantity.column.replace('_', '-'), name, "step", name)
                .withSeries(series)
                .withCaption(
                        spec.replicas() > 1
                                ? "Mean over replicas; the band is 1.96 standard errors to either side."
                                : ""));
    }

    /// With constant eta and lambda the steps can be turned into other clocks.
    private Chart timed(Chart chart) {
        boolean constant =
                spec.eta().pieces().size() == 1 && spec.lambda().pieces().size() == 1;
        double factor = spec.optimiser().clockSteps();
        Chart counted = factor == 1
                ? chart
                : chart.withSeries(
                        chart.series().stream().map(s -> s.stretched(factor)).toList());
        return constant && spec.eta().at(0) > 0
                ? counted.withTiming(
                        new Timing(Clock.STEPS, spec.eta().at(0), spec.lambda().at(0)))
                : counted;
    }

    private static Mean mean(Saved s, Quantity quantity) {
        return Objects.requireNonNull(s.values.get(quantity.column));
    }
}
