package ornstein.ensemble.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import ornstein.ensemble.ExactLaw;
import ornstein.method.EstimatorMethod;
import ornstein.method.Method;
import ornstein.method.Methods;
import ornstein.method.Order;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepMethod;
import ornstein.model.SdeModel;
import ornstein.run.Interruption;
import ornstein.spec.Decimal;
import ornstein.spec.UserError;
import ornstein.stats.Estimate;
import ornstein.stats.OrderFit;

/// The strong and the weak order of a method on an equation, from steps of T/2^coarsest and `sizes - 1`
/// halvings.
///
/// *Strong*: sqrt E|X_h(T) - X_{h/2}(T)|^2, over paths that share one Brownian path. It falls as the error
/// does.
///
/// *Weak*: the Euclidean length of the errors of all first and second moments at T. Where the steps are affine,
/// their moments are exact ([MomentMap]) and are held against the exact law of the equation ([ExactLaw]); where
/// that has no such law, against those of half the step. Elsewhere, E phi(X_h) - E phi(X_{h/2}) over coupled
/// paths, along the direction of the coarsest difference, so that noise does not add up.
///
/// The limit is checked against a method of another kind: by the exact law, or by another method on the same
/// Brownian paths, whose distance to this one must vanish with the step.
///
/// @param numbers options of the method
/// @param of the steps that an estimator runs
/// @param sizes step sizes
/// @param paths of coupled paths, in groups of equal size
public record Convergence(
        SdeModel model,
        Method method,
        Map<String, Double> numbers,
        Optional<String> of,
        double until,
        int coarsest,
        int sizes,
        int paths,
        long seed,
        int threads) {
    public static final double DEFAULT_UNTIL = 1;
    public static final int DEFAULT_COARSEST = 5;
    public static final int DEFAULT_SIZES = 6;
    public static final int DEFAULT_PATHS = 2048;

    /// Groups of paths, for the jackknife.
    static final int GROUPS = 32;

    /// The finest grid that paths are computed on.
    private static final int FINEST = 16;

    /// Errors below this, relatively, are rounding.
    private static final double ROUNDING = 1e-12;

    /// The least order at which two methods must approach each other to have one limit.
    private static final double APPROACH = 0.25;

    public Convergence {
        method.check(model);
        if (!(until > 0) || Double.isInfinite(until)) {
            throw new UserError("--until " + Decimal.text(until) + ": must be positive and finite");
        }
        if (coarsest < 0 || coarsest > FINEST) {
            throw new UserError("--coarsest " + coarsest + ": must be from 0 to " + FINEST);
        }
        if (sizes < OrderFit.FEWEST || coarsest + sizes - 1 > FINEST) {
            throw new UserError("--sizes " + sizes + ": must be from " + OrderFit.FEWEST + " to "
                    + (FINEST - coarsest + 1) + ", so that the finest step is at least T/2^" + FINEST);
        }
        if (paths < 2 * GROUPS || paths > 1_000_000_000 || paths % GROUPS != 0) {
            throw new UserError("--paths " + paths + ": must be a multiple of " + GROUPS + ", at least " + 2 * GROUPS);
        }
    }

    /// An order that was measured.
    ///
    /// @param order the slope; null where the errors are rounding or too noisy to tell
    /// @param claimed by the method for the most special noise that the model has; infinite for exact
    /// @param exact whether the errors are nothing but rounding
    /// @param how the errors were found
    /// @param step step sizes
    /// @param error at each step size
    /// @param noise standard errors of the errors; 0 where they are exact
    /// @param limit what the limit was checked against; null where there is nothing
    /// @param failed coupled paths that blew up and are left out
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Measured(
            @Nullable Estimate order,
            OptionalDouble claimed,
            boolean exact,
            String how,
            double[] step,
            double[] error,
            double[] noise,
            @Nullable Limit limit,
            long failed) {}

    /// The check of the limit.
    ///
    /// @param against what it was held against
    /// @param difference at the finest step
    /// @param order at which the difference vanishes; null where it is the order itself
    public record Limit(
            String against, double difference, @Nullable Estimate order, boolean agrees) {}

    double[] steps() {
        return IntStream.range(0, sizes)
                .mapToDouble(l -> until / (1L << coarsest + l))
                .toArray();
    }

    /// The strong order; empty where the method claims none.
    public Optional<Measured> strong(Interruption stop) {
        OptionalDouble claimed = claimed(true);
        if (claimed.isEmpty()) return Optional.empty();
        return Optional.of(new StrongOrder(this, claimed).measure(stop));
    }

    /// The weak order; empty where the method claims none.
    public Optional<Measured> weak(Interruption stop) {
        OptionalDouble claimed = claimed(false);
        if (claimed.isEmpty()) return Optional.empty();
        return Optional.of(new WeakOrder(this, claimed).measure(stop));
    }

    /// The integrator that an estimator runs.
    StepMethod base() {
        return ((EstimatorMethod) method).base(model, new Settings(1, numbers, Sampling.IID, of));
    }

    /// The best of the orders claimed for kinds of noise that the model has; of an extrapolation one more than
    /// that of the steps.
    public OptionalDouble claimed(boolean strong) {
        if (method.equals(EstimatorMethod.TALAY_TUBARO)) {
            return strong
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(1 + EstimatorMethod.TALAY_TUBARO.weakOrder(model, base()));
        }
        return method.orders().stream()
                .filter(o -> model.noise().contains(o.noise()))
                .map(strong ? Order::strong : Order::weak)
                .flatMapToDouble(OptionalDouble::stream)
                .max();
    }

    /// The steps of a method on all grids.
    /// @throws UserError if the method has no steps that take given noise
    List<Step> steps(Method of, Map<String, Double> options, int count) {
        return steps(model, of, options, count);
    }

    /// The steps of another method on the equation that this one integrates.
    List<Step> others(Method of) {
        return steps(equation(), of, Map.of(), sizes);
    }

    /// The equation that the method integrates.
    SdeModel equation() {
        return method.equation(model);
    }

    private List<Step> steps(SdeModel sde, Method of, Map<String, Double> options, int count) {
        if (!(of instanceof StepMethod m)) {
            throw new UserError(of.name() + " is computed on the host; converge takes methods that are algebra");
        }
        List<Step> all = new ArrayList<>();
        for (int l = 0; l < count; l++) {
            Settings settings = Settings.of(until / (1L << coarsest + l));
            for (Map.Entry<String, Double> e : options.entrySet()) settings = settings.with(e.getKey(), e.getValue());
            all.add(m.step(sde, settings));
        }
        return all;
    }

    CoupledPaths coupled(List<Step> steps) {
        SdeModel sde = steps.getFirst().state().size() == model.dimension() ? model : equation();
        return new CoupledPaths(steps, coarsest, until, sde.start(), model.dimension(), seed);
    }

    /// A method of another kind with a strong order on this model.
    Optional<Method> other() {
        return Methods.all().stream()
                .filter(m -> m instanceof StepMethod && !m.name().equals(method.name()) && m.suits(equation()))
                .filter(m -> m.orders().stream()
                        .anyMatch(o -> equation().noise().contains(o.noise())
                                && o.strong().isPresent()
                                && Double.isFinite(o.strong().getAsDouble())))
                .filter(this::isAnother)
                .findFirst();
    }

    /// Whether a method's step is not the same as this one's: Milstein's is Euler-Maruyama's on additive noise.
    private boolean isAnother(Method m) {
        if (!(method instanceof StepMethod)) return true;
        List<Step> own = steps(method, numbers, 1);
        return !others(m).getFirst().next().equals(own.getFirst().next());
    }

    /// Whether differences with these sizes are rounding.
    static boolean isRounding(double[] errors, double scale) {
        for (double e : errors) if (!(e <= ROUNDING * (1 + scale))) return false;
        return true;
    }

    static boolean approaches(@Nullable Estimate order) {
        return order != null && order.lower() > APPROACH;
    }

    /// The exact law of the equation, at T.
    Optional<ExactLaw.At> law() {
        return ExactLaw.of(equation(), until).map(law -> law.at(1).first(model.dimension()));
    }
}
