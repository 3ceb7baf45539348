package ornstein.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.model.Model;

/// Steps that are halved until their estimated error is small enough: an interval of size h/2^l is taken in
/// one step, or in its two halves. Intervals are those of a Brownian tree, so that a step that is rejected
/// keeps its noise (Gaines, Lyons: SIAM Journal on Applied Mathematics 57, 1997).
///
/// @param steps number l is of size h/2^l; after the state it has the estimated error of each coordinate
/// @param tolerance the largest error of a step, relative to 1 + |x|
public record Halving(List<Step> steps, double tolerance) implements Motion {
    /// The tolerance; 0 for steps of one size.
    public static final Option TOLERANCE = new Option(
            "tolerance",
            0,
            0,
            Double.MAX_VALUE,
            "largest estimated error of a step, over 1 + |x|: steps of size dt are halved until they meet it; 0 for steps"
                    + " of one size");

    /// Most halvings: a path that needs a smaller step has failed.
    public static final int DEPTH = 20;

    public Halving {
        steps = List.copyOf(steps);
        if (!(tolerance > 0)) throw new IllegalArgumentException("the tolerance must be positive, not " + tolerance);
    }

    /// The halved steps of a method that estimates its error.
    static Halving of(StepMethod method, Model model, Settings settings) {
        double tolerance = settings.number(TOLERANCE);
        Settings fixed = settings.without(TOLERANCE);
        List<Step> all = new ArrayList<>();
        for (int l = 0; l <= DEPTH; l++) {
            all.add(withError(method.step(model, fixed.sized(settings.stepSize() / (1L << l)))));
        }
        return new Halving(all, tolerance);
    }

    private static Step withError(Step step) {
        if (step.error().isEmpty()
                || !step.extra().isEmpty()
                || step.normals() > step.path().normals()) {
            throw new IllegalArgumentException("steps that are halved have an error, and no noise but a Brownian path");
        }
        List<Extra> extra = new ArrayList<>();
        for (int i = 0; i < step.state().size(); i++) extra.add(new Extra(Expr.sym(":error" + i), Expr.ZERO));
        List<Expr> next = new ArrayList<>(step.next());
        next.addAll(step.error());
        return new Step(
                step.state(),
                extra,
                next,
                step.means(),
                step.normals(),
                step.path(),
                step.uniforms(),
                step.batches(),
                step.data(),
                step.values(),
                step.failure(),
                List.of());
    }

    @Override
    public List<Sym> state() {
        return steps.getFirst().state();
    }

    @Override
    public double stepSize() {
        return steps.getFirst().stepSize();
    }

    @Override
    public Map<Sym, Double> values() {
        return steps.getFirst().values();
    }

    @Override
    public int size() {
        return state().size();
    }
}
