package ornstein.ensemble;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.expr.Substitution;
import ornstein.model.SdeModel;

/// The stationary density of an equation dX = f(X) dt + b(X) dW in one dimension, where it can be normalised:
/// p = exp(int 2 f / b^2) / b^2, whose flux vanishes (Risken: The Fokker-Planck Equation, 1989, section 5.2). With
/// f = -U' and b^2 = 2 T it is the Gibbs density exp(-U/T).
public final class StationaryDensity {
    private static final int CELLS = 4096;
    private static final int WIDENINGS = 8;

    /// The largest density at an end of the range, relative to the largest of all, that counts as none.
    private static final double NONE = 1e-5;

    private final double from;
    private final double width;
    private final double[] density;
    private final boolean gibbs;

    private StationaryDensity(double from, double width, double[] density, boolean gibbs) {
        this.from = from;
        this.width = width;
        this.density = density;
        this.gibbs = gibbs;
    }

    /// Whether it is the Gibbs density of a potential.
    public boolean isGibbs() {
        return gibbs;
    }

    /// The density of a model, looked for from a range where paths are.
    public static Optional<StationaryDensity> of(SdeModel model, double lo, double hi) {
        SdeModel bound = model.bound();
        if (bound.dimension() != 1 || bound.noises() != 1 || !(lo < hi)) return Optional.empty();
        Expr drift = bound.drift().getFirst();
        Expr diffusion = bound.diffusion().getFirst().getFirst();
        Set<Expr.Sym> symbols = Substitution.symbols(List.of(drift, diffusion));
        if (symbols.contains(SdeModel.TIME)) return Optional.empty();
        String x = bound.state().getFirst().name();
        boolean gibbs = bound.potential().isPresent()
                && Substitution.symbols(List.of(diffusion)).isEmpty();
        List<Expr> both = List.of(drift, diffusion);
        double room = 2 * (hi - lo);
        Coefficients c = at -> Eval.of(both, Map.of(x, at));
        for (int k = 0; k < WIDENINGS; k++, room *= 2) {
            StationaryDensity found = over(c, lo - room, hi + room, (lo + hi) / 2, gibbs);
            if (vanishes(found.density)) {
                return Optional.of(found.closer(c)).filter(d -> isResolved(d.density));
            }
        }
        return Optional.empty();
    }

    private static StationaryDensity over(Coefficients c, double left, double right, double middle, boolean gibbs) {
        double width = (right - left) / CELLS;
        return new StationaryDensity(left, width, density(c, left, width, (int) ((middle - left) / width)), gibbs);
    }

    /// The same on the part of the range where it is not negligible.
    private StationaryDensity closer(Coefficients c) {
        int first = 0;
        int last = CELLS;
        int most = 0;
        for (int i = 0; i <= CELLS; i++) if (density[i] > density[most]) most = i;
        while (density[first] < 1e-9 * density[most]) first++;
        while (density[last] < 1e-9 * density[most]) last--;
        double left = from + Math.max(0, first - 1) * width;
        double right = from + Math.min(CELLS, last + 1) * width;
        return over(c, left, right, from + most * width, gibbs);
    }

    /// Drift and diffusion at a place.
    private interface Coefficients {
        double[] at(double x);
    }

    /// The density at the ends of the cells, as far as the noise does not vanish on either side of cell `middle`.
    private static double[] density(Coefficients c, double from, double width, int middle) {
        double[] log = new double[CELLS + 1];
        Arrays.fill(log, Double.NEGATIVE_INFINITY);
        int start = middle;
        while (start < CELLS && !(variance(c, from + start * width) > 0)) start++;
        for (int side = -1; side <= 1; side += 2) {
            double integral = 0;
            for (int i = start; i >= 0 && i <= CELLS; i += side) {
                double x = from + i * width;
                double variance = variance(c, x);
                if (!(variance > 0) || !Double.isFinite(integral)) break;
                log[i] = integral - Math.log(variance);
                double h = side * width;
                integral += h / 6 * (slope(c, x) + 4 * slope(c, x + h / 2) + slope(c, x + h));
            }
        }
        double largest = Arrays.stream(log).max().orElse(0);
        double sum = 0;
        for (int i = 0; i <= CELLS; i++) {
            log[i] = Math.exp(log[i] - largest);
            sum += (i == 0 || i == CELLS ? 0.5 : 1) * log[i];
        }
        for (int i = 0; i <= CELLS; i++) log[i] /= sum * width;
        return log;
    }

    private static double variance(Coefficients c, double x) {
        double b = c.at(x)[1];
        return b * b;
    }

    private static double slope(Coefficients c, double x) {
        double[] f = c.at(x);
        return 2 * f[0] / (f[1] * f[1]);
    }

    /// Whether a density is none at the ends of the range, and beside places without noise.
    private static boolean vanishes(double[] p) {
        double most = 0;
        double edge = Math.max(p[0], p[CELLS]);
        for (int i = 0; i <= CELLS; i++) {
            if (!Double.isFinite(p[i])) return false;
            most = Math.max(most, p[i]);
            boolean beside = i > 0 && p[i - 1] == 0 || i < CELLS && p[i + 1] == 0;
            if (beside) edge = Math.max(edge, p[i]);
        }
        return most > 0 && edge <= NONE * most;
    }

    /// Whether every other cell gives the same integral; beside a pole it does not.
    private static boolean isResolved(double[] p) {
        double even = 0;
        double odd = 0;
        for (int i = 0; i < CELLS; i += 2) {
            even += p[i];
            odd += p[i + 1];
        }
        return Math.abs(even - odd) < 1e-3 * (even + odd);
    }

    /// The density at a place, linear between cells; 0 out of range.
    public double at(double x) {
        double place = (x - from) / width;
        if (!(place >= 0 && place <= CELLS)) return 0;
        int i = (int) Math.min(CELLS - 1, Math.floor(place));
        return density[i] + (place - i) * (density[i + 1] - density[i]);
    }

    /// The mean of a function.
    double mean(DoubleUnaryOperator f) {
        double sum = 0;
        for (int i = 0; i <= CELLS; i++) {
            if (density[i] > 0) sum += f.applyAsDouble(from + i * width) * density[i] * width;
        }
        return sum;
    }
}
