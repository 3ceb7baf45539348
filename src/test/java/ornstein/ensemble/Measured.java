package ornstein.ensemble;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import ornstein.expr.Expr;
import ornstein.expr.Parser;
import ornstein.kernel.Backend;
import ornstein.model.Model;

/// Means of expressions over a million paths, to be held against what they should be.
final class Measured {
    static final long PATHS = 1_000_000;

    private final EnsembleResult result;
    private final List<String> names;

    private Measured(EnsembleResult result, List<String> names) {
        this.result = result;
        this.names = names;
    }

    /// A mean and its standard error.
    record Value(double mean, double se) {
        /// 2 b - a for a step size and its half: what is left of an error in powers of the step size is of second
        /// order.
        static Value extrapolated(Value coarse, Value fine) {
            return new Value(2 * fine.mean - coarse.mean, Math.hypot(2 * fine.se, coarse.se));
        }

        /// Fails if this is more than 4 standard errors away, or so uncertain that it says nothing.
        void is(double expected, String what) {
            double off = (mean - expected) / se;
            assertTrue(Math.abs(off) < 4, what + ": " + mean + ", not " + expected + ", " + off + " standard errors");
            assertTrue(se < 0.02 * (Math.abs(expected) + 1), what + ": standard error " + se);
        }
    }

    /// Runs a simulation for some expressions in the model's state, in place of its observables.
    static Measured of(Simulation simulation, long seed, String... expressions) {
        return of(simulation.ensemble(), simulation.model(), seed, expressions);
    }

    static Measured of(EnsembleSpec s, Model model, long seed, String... expressions) {
        return of(s, model, seed, Measured::onCpu, expressions);
    }

    private static Ensemble onCpu(EnsembleSpec spec) {
        return new Ensemble(spec, Backend.VECTOR).threads(Runtime.getRuntime().availableProcessors());
    }

    /// @param where what runs an ensemble
    static Measured of(
            EnsembleSpec s, Model model, long seed, Function<EnsembleSpec, Ensemble> where, String... expressions) {
        LinkedHashMap<String, Expr> observables = new LinkedHashMap<>();
        List<String> state = model.state().stream().map(Expr.Sym::name).toList();
        for (String e : expressions) observables.put(e, Parser.parse(e, state, e));
        EnsembleSpec spec = new EnsembleSpec(
                s.step(),
                s.start(),
                observables,
                s.precision(),
                seed,
                s.firstPath(),
                s.paths(),
                s.steps(),
                s.saved(),
                s.lags(),
                s.sketched());
        EnsembleResult result = where.apply(spec).run();
        assertTrue(result.failures().count() == 0, result.failures().toString());
        return new Measured(result, List.of(expressions));
    }

    EnsembleResult result() {
        return result;
    }

    Value at(int time, String expression) {
        int k = names.indexOf(expression);
        return new Value(result.observable(time, k), result.observableError(time, k));
    }

    Value last(String expression) {
        return at(result.spec().saved().size() - 1, expression);
    }

    /// Euler-Maruyama to a time with `n` and with `2 n` steps, extrapolated.
    static Map<String, Value> extrapolated(Model model, double until, int n, String... expressions) {
        Map<String, Value> values = new LinkedHashMap<>();
        Measured coarse = euler(model, until, n, 11, expressions);
        Measured fine = euler(model, until, 2 * n, 12, expressions);
        for (String e : expressions) values.put(e, Value.extrapolated(coarse.last(e), fine.last(e)));
        return values;
    }

    static Measured euler(Model model, double until, int steps, long seed, String... expressions) {
        return of(Runs.of(model, "euler-maruyama", PATHS, until / steps, steps, 1), seed, expressions);
    }
}
