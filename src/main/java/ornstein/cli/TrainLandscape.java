package ornstein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.jspecify.annotations.Nullable;
import ornstein.claim.LandscapeUnit;
import ornstein.claim.LandscapeUnit.Point;
import ornstein.claim.Results;
import ornstein.claim.TrainUnit;
import ornstein.cli.TrainResult.Mean;
import ornstein.report.Numbers;
import ornstein.run.Column;
import ornstein.run.Table;
import ornstein.stats.Estimate;
import ornstein.stats.LinearScaling;
import ornstein.stats.chart.Chart;
import ornstein.stats.chart.Series;
import ornstein.train.Group;
import ornstein.train.Net;
import ornstein.train.Optimiser;
import ornstein.train.TrainSpec;
import ornstein.train.probe.Moments;

/// What was asked about the training loss around the kept weights: the table `landscape` and its figures.
///
/// @param eigenvalues how many of each Hessian; 0 for none
/// @param pairs of batches an estimate of the gradient noise; 0 for none
/// @param starts one an initialisation
record TrainLandscape(int eigenvalues, int pairs, List<Start> starts) {
    /// The points of an initialisation by its number.
    record Start(int init, List<Point> points) {}

    /// The units that look around the weights of trained ones.
    static List<List<LandscapeUnit>> units(List<List<TrainUnit>> trained, int eigenvalues, int pairs, Results results) {
        return trained.stream()
                .map(group -> group.stream()
                        .map(unit -> LandscapeUnit.of(unit, eigenvalues, pairs, results))
                        .toList())
                .toList();
    }

    /// @param numbers of the initialisations, one a list of units
    static TrainLandscape of(List<Integer> numbers, List<List<LandscapeUnit>> units, Results results) {
        LandscapeUnit.Spec spec = units.getFirst().getFirst().spec();
        List<Start> starts = IntStream.range(0, numbers.size())
                .mapToObj(i -> new Start(
                        numbers.get(i),
                        units.get(i).stream()
                                .flatMap(unit -> unit.read(results).points().stream())
                                .toList()))
                .toList();
        return new TrainLandscape(spec.eigenvalues(), spec.pairs(), starts);
    }

    /// One row a replica and kept step.
    void write(Path folder) {
        List<Column> columns =
                new ArrayList<>(List.of(Column.ofLong("init"), Column.ofLong("step"), Column.ofLong("replica")));
        IntStream.rangeClosed(1, eigenvalues).forEach(k -> columns.add(Column.ofDouble("eigenvalue_" + k)));
        if (eigenvalues > 0) {
            columns.add(Column.ofDouble("residual"));
        }
        if (pairs > 0) {
            for (String by : List.of("pairs", "examples")) {
                for (String what : List.of("gradient2_", "trace_sigma_")) {
                    columns.add(Column.ofDouble(what + by));
                    columns.add(Column.ofDouble(what + by + "_se"));
                }
            }
        }
        try (Table table = Table.create(folder, "landscape", columns)) {
            for (Start start : starts) {
                for (Point point : start.points) {
                    table.row(row(start.init, point).toArray());
                }
            }
            table.commit();
        }
    }

    private List<@Nullable Object> row(int init, Point point) {
        List<@Nullable Object> row = new ArrayList<>(List.of(init, point.step(), point.replica()));
        if (eigenvalues > 0) {
            row.addAll(Objects.requireNonNull(point.eigenvalues()));
            row.add(point.residual());
        }
        if (pairs > 0) {
            add(row, point.pairs());
            add(row, point.examples());
        }
        return row;
    }

    private static void add(List<@Nullable Object> row, @Nullable Moments moments) {
        row.add(moments == null ? null : moments.gradient2().value());
        row.add(moments == null ? null : moments.gradient2().standardError());
        row.add(moments == null ? null : moments.trace().value());
        row.add(moments == null ? null : moments.trace().standardError());
    }

    /// The largest eigenvalue, |grad L|^2 and Tr Sigma against the step, where there is more than one.
    List<Chart> charts() {
        List<Chart> charts = new ArrayList<>();
        if (eigenvalues > 0) {
            charts.add(chart(
                    "largest-eigenvalue",
                    "largest eigenvalue of the Hessian",
                    point -> Objects.requireNonNull(point.eigenvalues()).getFirst()));
        }
        if (pairs > 0) {
            charts.add(chart(
                    "squared-gradient",
                    "|∇L|²",
                    point -> pairs(point).gradient2().value()));
            charts.add(chart(
                    "gradient-noise",
                    "Tr Σ of a batch",
                    point -> pairs(point).trace().value()));
        }
        return charts.stream()
                .filter(chart -> chart.series().stream().anyMatch(series -> series.x().length > 1))
                .toList();
    }

    /// How far the linear scaling rule would keep the equilibrium of the norm.
    ///
    /// @param closeness the factor within which it is kept
    /// @param largestFactor that batch and learning rate may be multiplied with
    /// @param se its standard error, over replicas
    /// @param largestRate at which an SDE of the same noise could stand for the training
    record Scaling(double closeness, double largestFactor, double se, double largestRate) {
        String text() {
            return "linear scaling: batch and eta times at most " + Numbers.withError(largestFactor, se)
                    + " keep |w|^2 within a factor " + Numbers.text(closeness) + " of its equilibrium\n";
        }
    }

    /// From the pairs at the kept weights of the last half of the steps, means over replicas; null of fewer than
    /// two of them, where |grad L|^2 cannot be told from 0, and where the norm has no such equilibrium: without
    /// weight decay, with parameters that are not scale-invariant, and by other methods than SGD.
    @Nullable Scaling scaling(TrainSpec spec) {
        long last = spec.steps();
        Net net = Net.of(spec.network(), spec.precision(), spec.seed());
        long invariant = net.groups().stream().mapToLong(Group::size).sum();
        boolean balances =
                spec.optimiser().equals(Optimiser.SGD) && spec.lambda().at(last - 1) > 0 && invariant == net.size();
        if (pairs == 0 || !balances) return null;
        List<Double> gradient2 = new ArrayList<>();
        List<Double> noise = new ArrayList<>();
        for (Start start : starts) {
            start.points.stream()
                    .filter(point -> 2 * point.step() >= last)
                    .collect(Collectors.groupingBy(Point::replica, TreeMap::new, Collectors.toList()))
                    .values()
                    .forEach(points -> {
                        gradient2.add(mean(points, m -> m.gradient2().value()));
                        noise.add(mean(points, m -> m.trace().value()));
                    });
        }
        double c = LinearScaling.CLOSENESS;
        Estimate factor = LinearScaling.largestFactor(gradient2, noise, c);
        if (factor == null) return null;
        double g = gradient2.stream().mapToDouble(v -> v).sum();
        double n = noise.stream().mapToDouble(v -> v).sum();
        double rate = new LinearScaling(g, n).largestRate(spec.eta().at(last - 1), c);
        return new Scaling(c, factor.value(), factor.standardError(), rate);
    }

    private static double mean(List<Point> points, ToDoubleFunction<Moments> of) {
        return points.stream()
                .mapToDouble(point -> of.applyAsDouble(pairs(point)))
                .average()
                .orElseThrow();
    }

    private static Moments pairs(Point point) {
        return Objects.requireNonNull(point.pairs());
    }

    private Chart chart(String id, String name, ToDoubleFunction<Point> of) {
        List<Series> series = starts.stream().map(start -> series(start, of)).toList();
        return Chart.of(id, name, "step", name)
                .withSeries(series)
                .withCaption("Of the training loss without weight decay, at the kept weights: mean over replicas; the"
                        + " band is 1.96 standard errors to either side.");
    }

    private static Series series(Start start, ToDoubleFunction<Point> of) {
        double[] steps = start.points.stream()
                .mapToDouble(Point::step)
                .distinct()
                .sorted()
                .toArray();
        List<Mean> means = new ArrayList<>();
        for (double step : steps) {
            SummaryStatistics all = new SummaryStatistics();
            start.points.stream()
                    .filter(point -> point.step() == step)
                    .mapToDouble(of)
                    .forEach(all::addValue);
            means.add(Mean.of(all));
        }
        return Mean.series(start.init, steps, means);
    }
}
