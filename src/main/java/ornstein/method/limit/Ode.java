package ornstein.method.limit;

import java.util.Arrays;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;

/// Autonomous equations dx/dt = f(x) by the method of order 8 of Dormand and Prince with steps of its own
/// choice (Hairer, Norsett and Wanner, Solving Ordinary Differential Equations I, section II.5).
final class Ode {
    /// Of a step's error, relative and absolute.
    private static final double TOLERANCE = 1e-12;

    private Ode() {}

    /// A right-hand side.
    @FunctionalInterface
    interface Slope {
        /// @param out where f(x) goes
        void at(double[] x, double[] out);
    }

    /// Moves a state by a time. Where that fails the state is not a number.
    static void advance(Slope f, double[] x, double time) {
        advance(f, x, time, TOLERANCE);
    }

    /// The same to a tolerance of a step's error, relative and absolute.
    static void advance(Slope f, double[] x, double time, double tolerance) {
        OrdinaryDifferentialEquation equation = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return x.length;
            }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                double[] out = new double[y.length];
                f.at(y, out);
                for (double v : out) if (!Double.isFinite(v)) throw new ArithmeticException("the slope is not finite");
                return out;
            }
        };
        try {
            double[] end = new DormandPrince853Integrator(time * 1e-10, time, tolerance, tolerance)
                    .integrate(equation, new ODEState(0, x), time)
                    .getPrimaryState();
            System.arraycopy(end, 0, x, 0, x.length);
        } catch (MathRuntimeException | ArithmeticException e) {
            Arrays.fill(x, Double.NaN);
        }
    }
}
