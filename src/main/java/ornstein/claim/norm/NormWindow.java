package ornstein.claim.norm;

import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import ornstein.stats.Estimate;
import ornstein.stats.Jackknife;
import ornstein.stats.NormEquilibrium;

/// Norms and rotations of all groups over one window, against their equilibrium. Each ratio is 1 at equilibrium and
/// is the mean over the live groups; intervals are by the delete-one-replica jackknife, as groups of one network
/// share its inputs.
///
/// @param steps length of the window
/// @param replicas the groups of each replica, in order
public record NormWindow(long steps, List<List<NormRow>> replicas) {
    public NormWindow {
        replicas = List.copyOf(replicas);
        if (steps < 1
                || replicas.size() < 2
                || replicas.stream().noneMatch(rows -> rows.stream().anyMatch(NormWindow::live))) {
            throw new IllegalArgumentException("a window needs a step, two replicas and a live group, not " + steps
                    + " steps and " + replicas.size());
        }
    }

    private static boolean live(NormRow row) {
        return !row.dead();
    }

    /// Root mean square `|w|` over root mean square `|g|`, over its equilibrium value.
    public Estimate ratio(NormEquilibrium theory) {
        return mean(row -> Math.sqrt(row.norm2() / row.gradient2()) / theory.ratio());
    }

    /// Root mean square `eta |g|/|w|`, the learning rate of an equivalent LARS, over its equilibrium value.
    public Estimate lars(NormEquilibrium theory) {
        return mean(row -> Math.sqrt(row.lars2() / steps) / theory.larsRate());
    }

    /// Root mean square angle of an update over its equilibrium value.
    public Estimate rotation(NormEquilibrium theory) {
        return mean(row -> Math.sqrt(row.rotation2() / steps) / theory.rotation());
    }

    /// Mean telescoping remainder of the live groups.
    public Estimate remainder(double lambdaE) {
        return mean(row -> row.remainder(lambdaE));
    }

    /// Groups left out as dead, in all replicas together.
    public long dead() {
        return replicas.stream().flatMap(List::stream).filter(NormRow::dead).count();
    }

    /// Groups in all replicas together.
    public long groups() {
        return replicas.stream().mapToLong(List::size).sum();
    }

    /// Mean over the live groups of the replicas.
    public Estimate mean(ToDoubleFunction<NormRow> quantity) {
        return Objects.requireNonNull(Jackknife.estimate(1, replicas.size(), (stratum, left) -> {
            double sum = 0;
            long count = 0;
            for (int r = 0; r < replicas.size(); r++) {
                for (NormRow row : replicas.get(r)) {
                    if (r != left && live(row)) {
                        sum += quantity.applyAsDouble(row);
                        count++;
                    }
                }
            }
            return sum / count;
        }));
    }
}
