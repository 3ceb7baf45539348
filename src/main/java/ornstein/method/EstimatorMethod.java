package ornstein.method;

import java.util.List;
import java.util.stream.Stream;
import ornstein.model.Model;
import ornstein.model.Noise;
import ornstein.model.SdeModel;
import ornstein.spec.UserError;

/// An estimator of expectations that runs the steps of another integrator, `--of`, at several step sizes.
public record EstimatorMethod(About about) implements Method {
    /// The absolute root mean square error that multilevel Monte Carlo aims at.
    public static final Option TOLERANCE = new Option(
            "tolerance",
            0.01,
            1e-9,
            1e9,
            "root mean square error of each mean (coordinates and observables at the end) that is aimed at");

    /// The step size of the coarsest level of multilevel Monte Carlo.
    public static final Option COARSEST =
            new Option("coarsest", 2, 0, 12, "level 0 takes 2^C steps, each further level twice as many");

    public static final EstimatorMethod TALAY_TUBARO = new EstimatorMethod(About.integrator(
                    "talay-tubaro",
                    "Extrapolates expectations from steps h and h/2 of --of, whose weak order p goes up by one:"
                            + " (2^p E_{h/2} - E_h)/(2^p - 1).",
                    "Talay, Tubaro: Expansion of the global error for numerical schemes solving stochastic differential"
                            + " equations, Stochastic Analysis and Applications 8, 1990")
            .serves(Noise.GENERAL, Double.NaN, 2)
            .evaluates("3 steps of --of"));

    public static final EstimatorMethod MLMC = new EstimatorMethod(About.integrator(
                    "mlmc",
                    "Multilevel Monte Carlo: expectations at the end to a tolerance, from coupled paths of --of.",
                    "Giles: Multilevel Monte Carlo path simulation, Operations Research 56, 2008")
            .serves(Noise.GENERAL, Double.NaN, Double.NaN)
            .takes(TOLERANCE, COARSEST)
            .evaluates("as many steps of --of as the tolerance needs"));

    public static final List<Method> ALL = List.of(TALAY_TUBARO, MLMC);

    /// The integrator whose steps are run: `--of`, or Euler-Maruyama.
    /// @throws UserError if it is no integrator with steps, or does not suit the model
    public StepMethod base(Model model, Settings settings) {
        check(model);
        String name = settings.of().orElse("euler-maruyama");
        if (!(Methods.named(name) instanceof StepMethod step) || step.kind() != Kind.INTEGRATOR) {
            throw new UserError("--of " + name + ": must be an integrator with steps: "
                    + String.join(", ", Methods.names(m -> m instanceof StepMethod && m.suits(model))));
        }
        step.check(model);
        return step;
    }

    /// The weak order of a base on a model.
    /// @throws UserError if it claims none, or needs no estimator as it is exact
    public double weakOrder(SdeModel model, Method base) {
        double order = base.orders().stream()
                .filter(o -> model.noise().contains(o.noise()))
                .flatMapToDouble(o -> o.weak().stream())
                .max()
                .orElse(Double.NaN);
        if (Double.isNaN(order) || Double.isInfinite(order)) {
            throw new UserError("--of " + base.name() + ": " + name() + " needs a method with a finite weak order on "
                    + model.name() + "; " + base.name()
                    + (Double.isNaN(order) ? " claims none" : " is exact, so simulate with it alone"));
        }
        return order;
    }

    /// Its own options and those of the base, whose steps are all of one size.
    @Override
    public List<Option> accepted(Settings settings) {
        Stream<Option> ofBase = Methods.named(settings.of().orElse("euler-maruyama")).options().stream()
                .filter(o -> !o.equals(Halving.TOLERANCE));
        return Stream.concat(options().stream(), ofBase).distinct().toList();
    }
}
