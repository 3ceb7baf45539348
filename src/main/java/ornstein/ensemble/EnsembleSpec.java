package ornstein.ensemble;

import java.util.List;
import java.util.SequencedMap;
import ornstein.expr.Expr;
import ornstein.kernel.Precision;
import ornstein.method.Motion;
import ornstein.model.Start;
import ornstein.spec.UserError;

/// What an ensemble is. Its results are a function of this alone.
///
/// @param step what moves a path by one step
/// @param start where the paths begin
/// @param observables functions of the model's state and the time whose means are taken, by name
/// @param seed key of the random numbers
/// @param firstPath number of the first path; a path is a function of seed and number
/// @param paths number of paths
/// @param steps number of steps
/// @param saved step numbers at which statistics are taken, ascending: 0 first, `steps` last
/// @param lags differences L in steps of the two-time distances E|X_T - X_{T+L}|^2, with T = steps - the largest L
/// @param sketched coordinates whose values at the end are counted in a [Sketch], the first ones
public record EnsembleSpec(
        Motion step,
        Start start,
        SequencedMap<String, Expr> observables,
        Precision precision,
        long seed,
        long firstPath,
        long paths,
        long steps,
        List<Long> saved,
        List<Long> lags,
        int sketched) {
    /// The most paths, and the most steps: positions in a random stream are below 2^50.
    public static final long MOST = 1_000_000_000_000L;

    /// The most numbers that statistics may hold, at all saved times together.
    private static final long MOST_NUMBERS = 10_000_000;

    public EnsembleSpec {
        saved = List.copyOf(saved);
        lags = List.copyOf(lags);
        if (paths < 1 || firstPath < 0 || steps < 1 || paths + firstPath > MOST || steps > MOST) {
            throw new IllegalArgumentException(paths + " paths from " + firstPath + " and " + steps + " steps");
        }
        if (saved.getFirst() != 0 || saved.getLast() != steps || !isAscending(saved)) {
            throw new IllegalArgumentException("the saved steps go from 0 to " + steps);
        }
        for (long lag : lags) {
            if (lag < 1 || lag > steps) throw new IllegalArgumentException("lag " + lag + " of " + steps + " steps");
        }
        int d = step.state().size();
        if (sketched < 0 || sketched > d) throw new IllegalArgumentException("there are " + d + " coordinates");
        long numbers = saved.size() * ((long) d * (d + 3) / 2 + 2L * observables.size());
        if (numbers > MOST_NUMBERS) {
            throw new UserError("the covariances of " + d + " coordinates at " + saved.size() + " times are " + numbers
                    + " numbers, more than " + MOST_NUMBERS + "; give a smaller --save");
        }
    }

    private static boolean isAscending(List<Long> steps) {
        for (int i = 1; i < steps.size(); i++) if (steps.get(i - 1) >= steps.get(i)) return false;
        return true;
    }

    /// `min(count, steps)` saved steps besides the start, evenly spaced, the last among them.
    public static List<Long> saves(long steps, long count) {
        long n = Math.min(steps, count);
        if (n >= MOST_NUMBERS) throw new UserError("--save " + count + ": there may be " + MOST_NUMBERS + " at most");
        Long[] saved = new Long[Math.toIntExact(n) + 1];
        long whole = steps / n;
        long rest = steps % n;
        for (int j = 0; j <= n; j++) saved[j] = j * whole + j * rest / n;
        return List.of(saved);
    }

    /// The coordinates of the model.
    int dimension() {
        return step.state().size();
    }

    /// The step T from which lags count.
    public long origin() {
        return steps - lags.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /// Where paths, not statistics, are kept for the figure: the number of the first ones.
    int samples() {
        return (int) Math.min(7, paths);
    }

    /// The names of the observables in order.
    public List<String> names() {
        return observables.sequencedKeySet().stream().toList();
    }

    /// The observables in order.
    List<Expr> expressions() {
        return observables.sequencedValues().stream().toList();
    }
}
