package ornstein.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import ornstein.ensemble.order.Convergence.Measured;
import ornstein.spec.Counted;
import ornstein.stats.Estimate;
import ornstein.stats.Interval;

/// What `ornstein converge --json` prints for a method; null where it claims no order, or none was asked for.
public record ConvergenceAnswer(
        String method, @Nullable Part strong, @Nullable Part weak) {
    /// One of the orders.
    ///
    /// @param order null where there is nothing but rounding, or noise
    /// @param claimed a number, or `"exact"`
    /// @param step step sizes of the errors
    /// @param se of the errors
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Part(
            @Nullable Double order,
            double @Nullable [] ci,
            Object claimed,
            boolean exact,
            String how,
            double[] step,
            double[] error,
            double[] se,
            @Nullable Checked limit,
            long failed) {}

    /// The check of the limit.
    public record Checked(
            String against, double difference, @Nullable Double order, boolean agrees) {}

    public static ConvergenceAnswer of(String method, @Nullable Measured strong, @Nullable Measured weak) {
        return new ConvergenceAnswer(method, part(strong), part(weak));
    }

    private static @Nullable Part part(@Nullable Measured m) {
        if (m == null) return null;
        Estimate order = m.order();
        return new Part(
                order == null ? null : order.value(),
                order == null ? null : ends(order.interval()),
                claimed(m.claimed()),
                m.exact(),
                m.how(),
                m.step(),
                m.error(),
                m.noise(),
                m.limit() == null
                        ? null
                        : new Checked(
                                m.limit().against(),
                                m.limit().difference(),
                                m.limit().order() == null
                                        ? null
                                        : m.limit().order().value(),
                                m.limit().agrees()),
                m.failed());
    }

    private static double[] ends(Interval i) {
        return new double[] {i.lo(), i.hi()};
    }

    static Object claimed(OptionalDouble order) {
        return Double.isInfinite(order.getAsDouble()) ? "exact" : (Object) order.getAsDouble();
    }

    /// The orders of several methods as a table.
    public static Grid table(List<ConvergenceAnswer> answers) {
        List<List<String>> rows = new ArrayList<>();
        for (ConvergenceAnswer a : answers) {
            if (a.strong() != null) rows.add(row(a.method(), "strong", a.strong()));
            if (a.weak() != null) rows.add(row(a.method(), "weak", a.weak()));
            if (a.strong() == null && a.weak() == null) rows.add(List.of(a.method(), "none claimed", "", "", "", ""));
        }
        return new Grid(List.of("method", "", "order", "90 % interval", "claimed", "limit"), rows);
    }

    private static List<String> row(String method, String kind, Part p) {
        String limit = p.limit() == null
                ? "not checked"
                : (p.limit().agrees() ? "agrees with " : "DIFFERS from ")
                        + p.limit().against();
        if (p.failed() > 0) {
            limit += "; " + Counted.of(p.failed(), "path") + " blew up and " + Counted.are(p.failed()) + " left out";
        }
        return List.of(
                method,
                kind,
                p.exact() ? "exact" : Numbers.text(p.order()),
                p.ci() == null ? Numbers.NONE : Numbers.text(new Interval(p.ci()[0], p.ci()[1])),
                p.claimed() instanceof Double x ? Numbers.text(x) : "exact",
                limit);
    }
}
