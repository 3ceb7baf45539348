package ornstein.ensemble.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import ornstein.ensemble.EnsembleSpec;
import ornstein.ensemble.ExactLaw;
import ornstein.ensemble.Samples;
import ornstein.ensemble.order.Differences;
import ornstein.kernel.BackendChoice;
import ornstein.kernel.Precision;
import ornstein.method.Flow;
import ornstein.method.Motion;
import ornstein.method.Sampling;
import ornstein.run.Interruption;
import ornstein.run.Progress;
import ornstein.stats.Estimate;
import ornstein.stats.LawDistance;
import ornstein.stats.OrderFit;

/// An algorithm and its limits on one clock, from one seed.
///
/// @param limits each of this algorithm
/// @param steps of the algorithm
/// @param finer steps of a limit for one of the algorithm, where paths are simulated
/// @param saves saved times besides the start, at most
public record Comparison(
        Side algorithm, List<Side> limits, long steps, int finer, long paths, long saves, long seed, int threads) {
    /// Learning rates of an order, each half the one before.
    public static final int RATES = 6;

    /// Groups of sampled paths.
    private static final int GROUPS = 20;

    /// Errors below this, relatively, are rounding.
    private static final double ROUNDING = 1e-12;

    /// Distances between the laws of the algorithm and of another at the saved times.
    ///
    /// @param wasserstein W1 by time and coordinate; null where too few paths are left
    /// @param energy by time
    public record Distances(List<List<@Nullable Estimate>> wasserstein, List<@Nullable Estimate> energy) {}

    /// Errors of a limit's first and second moments against the algorithm's, at several learning rates.
    ///
    /// @param error Euclidean lengths; where the algorithm is sampled, along the direction of the first
    /// @param noise standard errors; 0 where moments are exact
    /// @param order their slope; null where the errors are rounding, or not clear of their noise
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Errors(
            double[] eta,
            double[] error,
            double[] noise,
            @Nullable Estimate order) {}

    /// The law after one epoch under a sampling.
    public record Epoch(Sampling sampling, ExactLaw.At law) {}

    /// Saved steps of the algorithm.
    public List<Long> saved() {
        return EnsembleSpec.saves(steps, saves);
    }

    /// The algorithm's distances to a second sample of itself, which is the floor of W1, and to each limit.
    ///
    /// @param progress told of [#pathSteps]
    public List<Distances> distances(Interruption stop, Progress progress) {
        double[][][] own = states(algorithm, 0, stop, progress);
        List<Distances> all = new ArrayList<>();
        all.add(distances(own, states(algorithm, paths, stop, progress)));
        for (Side limit : limits) all.add(distances(own, states(limit, 0, stop, progress)));
        return all;
    }

    /// Steps of all paths.
    public long pathSteps() {
        long laws = 2 + limits.stream().mapToLong(l -> l.isLimit() ? finer : 1).sum();
        return Math.multiplyExact(laws, Math.multiplyExact(paths, steps));
    }

    private double[][][] states(Side side, long firstPath, Interruption stop, Progress progress) {
        return states(side, firstPath, saved(), stop, progress);
    }

    /// @param at steps of the algorithm, the last among them
    private double[][][] states(Side side, long firstPath, List<Long> at, Interruption stop, Progress progress) {
        int times = side.isLimit() ? finer : 1;
        Motion motion = side.motion(times);
        EnsembleSpec spec = new EnsembleSpec(
                motion,
                side.model().start(),
                new LinkedHashMap<>(),
                Precision.F64,
                seed,
                firstPath,
                paths,
                at.getLast() * times,
                at.stream().map(k -> k * times).toList(),
                List.of(),
                0);
        var backend = motion instanceof Flow
                ? ornstein.kernel.Backend.SCALAR
                : BackendChoice.of((double) paths * spec.steps()).backend();
        return Samples.of(spec, backend, threads, stop, progress);
    }

    private static Distances distances(double[][][] a, double[][][] b) {
        List<List<@Nullable Estimate>> wasserstein = new ArrayList<>();
        List<@Nullable Estimate> energy = new ArrayList<>();
        for (int t = 0; t < a.length; t++) {
            List<@Nullable Estimate> byCoordinate = new ArrayList<>();
            for (int c = 0; c < a[t].length; c++) byCoordinate.add(LawDistance.wasserstein(a[t][c], b[t][c]));
            wasserstein.add(byCoordinate);
            energy.add(LawDistance.energy(a[t], b[t]));
        }
        return new Distances(wasserstein, energy);
    }

    /// The exact moments of a side at the saved times; empty where they are not known.
    public Optional<List<ExactLaw.At>> moments(Side side) {
        return side.moments(saved());
    }

    /// The error of a limit after one step from the start, at eta, eta/2, .... Both laws are exact where moments close,
    /// and where the noise of a step from a point can be enumerated; an algorithm with too many batches for that is
    /// sampled. Empty where the limit's law is not known.
    public Optional<Errors> local(Side limit, Interruption stop) {
        Optional<Errors> exact = errors((side, _) -> side.afterOne(), limit);
        return exact.isPresent() ? exact : sampled(limit, stop);
    }

    /// The error of a limit at the last time, which stays while eta is halved; empty where moments are not
    /// exact.
    public Optional<Errors> global(Side limit) {
        return errors((side, r) -> side.moments(List.of(steps << r)).map(List::getFirst), limit);
    }

    private double[] rates() {
        return IntStream.range(0, RATES)
                .mapToDouble(r -> algorithm.eta() / (1 << r))
                .toArray();
    }

    /// A law at a learning rate.
    private interface Law {
        Optional<ExactLaw.At> of(Side side, int rate);
    }

    private Optional<Errors> errors(Law law, Side limit) {
        double[] eta = rates();
        double[] error = new double[RATES];
        double scale = 0;
        for (int r = 0; r < RATES; r++) {
            Optional<ExactLaw.At> one = law.of(algorithm.at(eta[r]), r);
            Optional<ExactLaw.At> other = law.of(limit.at(eta[r]), r);
            if (one.isEmpty() || other.isEmpty()) return Optional.empty();
            double[] mine = one.get().moments();
            double[] theirs = other.get().moments();
            double square = 0;
            for (int f = 0; f < mine.length; f++) {
                square += (mine[f] - theirs[f]) * (mine[f] - theirs[f]);
                scale = Math.max(scale, Math.abs(mine[f]));
            }
            error[r] = Math.sqrt(square);
        }
        double rounding = ROUNDING * (1 + scale);
        double[] clear = error.clone();
        for (int r = 0; r < RATES; r++) if (clear[r] <= rounding) clear[r] = Double.NaN;
        return Optional.of(new Errors(eta, error, new double[RATES], OrderFit.of(eta, clear)));
    }

    /// One step of all paths of the algorithm, against the exact moments of the limit. The paths of every learning rate
    /// draw the same batches.
    Optional<Errors> sampled(Side limit, Interruption stop) {
        double[] eta = rates();
        int groups = (int) Math.min(GROUPS, paths);
        int functionals = limit.model().dimension() * (limit.model().dimension() + 3) / 2;
        double[][][] sums = new double[groups][RATES][functionals];
        long[] counts = new long[groups];
        double[][][] states = new double[RATES][][];
        double[][] exact = new double[RATES][];
        for (int r = 0; r < RATES; r++) {
            Optional<ExactLaw.At> law = limit.at(eta[r]).afterOne();
            if (law.isEmpty()) return Optional.empty();
            exact[r] = law.get().moments();
        }
        for (int r = 0; r < RATES; r++) {
            states[r] = states(algorithm.at(eta[r]), 0, List.of(0L, 1L), stop, Progress.silent())[1];
        }
        for (int i = 0; i < paths; i++) {
            int path = i;
            if (Arrays.stream(states).flatMap(Arrays::stream).anyMatch(x -> !Double.isFinite(x[path]))) continue;
            int g = (int) (i * (long) groups / paths);
            counts[g]++;
            for (int r = 0; r < RATES; r++) {
                int f = 0;
                for (double[] x : states[r]) sums[g][r][f] += x[i] - exact[r][f++];
                for (int v = 0; v < states[r].length; v++) {
                    for (int w = 0; w <= v; w++) sums[g][r][f] += states[r][v][i] * states[r][w][i] - exact[r][f++];
                }
            }
        }
        Differences all = new Differences(IntStream.range(0, groups)
                .mapToObj(g -> new Differences.Group(sums[g], counts[g]))
                .toList());
        return Optional.of(new Errors(eta, all.error(), all.noise(), all.order(eta)));
    }

    /// The exact law after one epoch of batches, independent and shuffled, from the start; empty where the
    /// algorithm takes no batches, or where there are too many to enumerate.
    public List<Epoch> epoch() {
        List<Epoch> all = new ArrayList<>();
        for (Sampling sampling : List.of(Sampling.IID, Sampling.SHUFFLE)) {
            Side side = new Side(
                    algorithm.model(),
                    algorithm.method(),
                    algorithm.algorithm(),
                    algorithm.numbers(),
                    sampling,
                    algorithm.eta());
            if (!(side.motion(1) instanceof ornstein.method.Step step)
                    || step.batches().isEmpty()) return List.of();
            var batches = step.batches().get();
            if (batches.size() > batches.examples()) return List.of();
            long length = (long) batches.examples() / batches.size() / batches.perStep() * batches.hold();
            Optional<List<ExactLaw.At>> law = length < 1 ? Optional.empty() : side.moments(List.of(length));
            if (law.isEmpty()) return List.of();
            all.add(new Epoch(sampling, law.get().getFirst()));
        }
        return all;
    }

    /// Saved gradient times.
    public double[] times() {
        return saved().stream()
                .flatMapToLong(LongStream::of)
                .mapToDouble(k -> k * algorithm.gradientTime())
                .toArray();
    }
}
