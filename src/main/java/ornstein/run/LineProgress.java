package ornstein.run;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/// `task: 40 % of 1000 steps, 12 s, about 18 s left`, at most every ten seconds and at the end of work that took as
/// long.
final class LineProgress implements Progress {
    private static final long INTERVAL = 10_000_000_000L;

    private final String task;
    private final String unit;
    private final long total;
    private final long before;
    private final PrintStream out;
    private final LongSupplier nanos;
    private final long start;
    private long now;
    private long told;

    LineProgress(String task, String unit, long total, long before, PrintStream out, LongSupplier nanos) {
        this.task = task;
        this.unit = unit;
        this.total = total;
        this.before = before;
        this.out = out;
        this.nanos = nanos;
        now = before;
        start = nanos.getAsLong();
        told = start;
    }

    @Override
    public synchronized void step(long amount) {
        now += amount;
        if (nanos.getAsLong() - told >= INTERVAL) {
            tell();
        }
    }

    private void tell() {
        told = nanos.getAsLong();
        double seconds = (told - start) * 1e-9;
        double left = now > before ? seconds * (total - now) / (now - before) : Double.NaN;
        String estimate = now >= total || Double.isNaN(left) ? "" : ", about " + duration(left) + " left";
        out.printf(
                Locale.ROOT,
                "%s: %.0f %% of %d %s, %s%s%n",
                task,
                Math.floor(total == 0 ? 100 : 100.0 * now / total),
                total,
                unit,
                duration(seconds),
                estimate);
    }

    static String duration(double seconds) {
        long s = Math.round(seconds);
        if (s < 60) {
            return s + " s";
        }
        return s < 3600 ? s / 60 + " min " + s % 60 + " s" : s / 3600 + " h " + s % 3600 / 60 + " min";
    }

    @Override
    public synchronized void note(String message) {
        out.println(message);
    }

    @Override
    public synchronized void close() {
        if (told > start) {
            tell();
        }
    }
}
