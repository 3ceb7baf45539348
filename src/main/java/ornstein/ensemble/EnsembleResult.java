package ornstein.ensemble;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import ornstein.method.Halving;

/// The statistics of an ensemble, over the paths that did not fail. NaN stands for what they do not say: means without
/// paths, variances of one.
public final class EnsembleResult {
    private final EnsembleSpec spec;
    private final Partial all;
    private final Group more;
    private final long restored;
    private final int threads;
    private final double seconds;
    private final double rate;

    EnsembleResult(
            EnsembleSpec spec, Partial all, Group more, long restored, int threads, double seconds, double rate) {
        this.spec = spec;
        this.all = all;
        this.more = more;
        this.restored = restored;
        this.threads = threads;
        this.seconds = seconds;
        this.rate = rate;
    }

    public EnsembleSpec spec() {
        return spec;
    }

    /// Paths that did not fail.
    public long count() {
        return all.count;
    }

    public Failures failures() {
        return all.failures;
    }

    /// How many steps were taken, where they are halved.
    public Optional<StepCounts> stepCounts() {
        return spec.step() instanceof Halving ? Optional.of(all.steps) : Optional.empty();
    }

    /// The mean of a coordinate at a saved time.
    public double mean(int time, int coordinate) {
        return mean(all.states, time, coordinate);
    }

    /// The covariance of two coordinates at a saved time, with divisor n - 1.
    public double covariance(int time, int i, int j) {
        return covariance(all.states, time, i, j);
    }

    /// The standard deviation of a coordinate over paths at a saved time.
    public double deviation(int time, int coordinate) {
        return Math.sqrt(Math.max(0, covariance(time, coordinate, coordinate)));
    }

    /// The standard error of [#mean].
    public double standardError(int time, int coordinate) {
        return standardError(all.states, time, coordinate);
    }

    /// The mean of an observable at a saved time.
    public double observable(int time, int k) {
        return mean(all.observables, time, k);
    }

    /// The standard error of [#observable].
    public double observableError(int time, int k) {
        return standardError(all.observables, time, k);
    }

    /// At how many saved times the mean of an observable is not finite although paths are left: its value on some path
    /// is not.
    public int undefined(int k) {
        int times = 0;
        for (int t = 0; t < spec.saved().size(); t++) {
            if (count() > 0 && !Double.isFinite(observable(t, k))) times++;
        }
        return times;
    }

    /// The mean of |X_T - X_{T+L}|^2 for a lag.
    public double distance(int lag) {
        return mean(all.distances, lag, 0);
    }

    /// The standard error of [#distance].
    public double distanceError(int lag) {
        return standardError(all.distances, lag, 0);
    }

    /// The distribution at the end of one of the first [EnsembleSpec#sketched] coordinates.
    public Distribution distribution(int coordinate) {
        return more.distribution(coordinate);
    }

    /// How many of the first paths are kept as they are.
    public int samples() {
        return spec.samples();
    }

    /// A value of one of the first paths at a saved time; NaN once it has failed.
    public double sample(int path, int time, int coordinate) {
        return more.sample(path, time, coordinate);
    }

    /// Groups of leaves that were taken from an earlier attempt.
    public long restored() {
        return restored;
    }

    /// Threads that had work.
    public int threads() {
        return threads;
    }

    /// Seconds of this attempt.
    public double seconds() {
        return seconds;
    }

    /// Steps of a path a second, all threads together, in time stepping alone; NaN if nothing was left to do.
    public double pathStepsPerSecond() {
        return rate;
    }

    /// All that was counted and added up, bit for bit.
    void write(DataOutputStream out) throws IOException {
        all.write(out);
        more.write(out);
    }

    private double mean(Moments m, int time, int v) {
        return all.count == 0 ? Double.NaN : m.mean(time, v);
    }

    private double covariance(Moments m, int time, int v, int w) {
        return all.count < 2 ? Double.NaN : m.centred(time, v, w) / (all.count - 1);
    }

    private double standardError(Moments m, int time, int v) {
        return Math.sqrt(Math.max(0, covariance(m, time, v, v)) / all.count);
    }
}
