package ornstein.method;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ornstein.expr.Expr.Sym;

/// A step that needs numerics which no algebra of fixed size can write: an adaptive integrator, an
/// eigenproblem, a projection. Computed in double precision on the host.
///
/// @param normals standard normals of a step
/// @param path what the host computes
public record Flow(List<Sym> state, double stepSize, Map<Sym, Double> values, int normals, Path path)
        implements Motion {
    /// How a path moves. Safe for many threads. Where it cannot go on, it leaves a state that is not finite.
    public interface Path {
        /// Moves the model's start to where the flow begins, such as onto a manifold.
        default void start(double[] x) {}

        /// Moves a state by one step.
        /// @param time at the start of the step
        /// @param normals independent standard normals
        void step(double[] x, double time, double[] normals);
    }

    public Flow {
        state = List.copyOf(state);
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
        if (!(stepSize > 0) || Double.isInfinite(stepSize)) {
            throw new IllegalArgumentException("step size " + stepSize + " must be positive and finite");
        }
    }

    @Override
    public int size() {
        return state.size();
    }
}
