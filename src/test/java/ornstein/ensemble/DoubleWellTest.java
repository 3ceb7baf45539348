package ornstein.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ornstein.expr.Derivative;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.model.SdeModel;

/// The double well (x^2 - 1)^2 at two temperatures: partition function, spectral gaps and escape rates (section 13
/// of the theory).
class DoubleWellTest {
    private static SdeModel well(double temperature) {
        return (SdeModel) Runs.model("double-well", Map.of("T", temperature));
    }

    private static Expr potential() {
        return well(1).bound().potential().orElseThrow();
    }

    private static double at(Expr e, double x) {
        return Eval.of(e, Map.of("x", x));
    }

    /// Z = int exp(-U/T), by Simpson's rule and from the stationary density at a minimum, 1/Z there.
    @ParameterizedTest
    @CsvSource({".5, 1.4109147032", ".25, .9478378330"})
    void thePartitionFunction(double temperature, double z) {
        Expr u = potential();
        int cells = 2000;
        double h = 6.0 / cells;
        double sum = 0;
        for (int i = 0; i <= cells; i++) {
            int weight = i == 0 || i == cells ? 1 : i % 2 == 0 ? 2 : 4;
            sum += weight * h / 3 * Math.exp(-at(u, -3 + i * h) / temperature);
        }
        assertEquals(z, sum, 1e-10);
        StationaryDensity gibbs =
                StationaryDensity.of(well(temperature), -1.5, 1.5).orElseThrow();
        assertEquals(1 / z, gibbs.at(1), 1e-5);
    }

    /// The first two gaps of the generator: by finite differences of -T psi'' + (U'^2/(4 T) - U''/2) psi, and as the
    /// rates of Euler-Maruyama's odd and even modes in the limit of small steps.
    @ParameterizedTest
    @CsvSource({".5, .22727, 4.0783", ".25, .029780, 3.3104"})
    void theSpectralGaps(double temperature, double first, double second) {
        double[] coarse = gaps(temperature, 300);
        double[] fine = gaps(temperature, 599);
        double odd = (4 * fine[1] - coarse[1]) / 3;
        double even = (4 * fine[2] - coarse[2]) / 3;
        assertEquals(0, (4 * fine[0] - coarse[0]) / 3, 2e-6);
        assertEquals(first, odd, 5e-6);
        assertEquals(second, even, 5e-5);
        assertEquals(odd, limit(temperature, true), 1e-5);
        assertEquals(even, limit(temperature, false), 2e-3);
    }

    /// The rates at step sizes h, h/2 and h/4, extrapolated.
    private static double limit(double temperature, boolean odd) {
        double[] rate = new double[3];
        for (int k = 0; k < 3; k++) {
            double h = 0.01 / (1 << k);
            EulerGrid grid = new EulerGrid(well(temperature), h, -2.5, 2.5, 601);
            int steps = (int) (3 / h);
            rate[k] = -Math.log(odd ? grid.oddFactor(steps) : grid.evenFactor(steps)) / h;
        }
        return (rate[0] - 6 * rate[1] + 8 * rate[2]) / 3;
    }

    private static double[] gaps(double temperature, int n) {
        Expr u = potential();
        Expr.Sym x = Expr.sym("x");
        Expr slope = Derivative.of(u, x);
        Expr curvature = Derivative.of(slope, x);
        double from = -2.6;
        double dx = -2 * from / (n - 1);
        DMatrixRMaj h = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            double place = from + i * dx;
            double u1 = at(slope, place);
            h.set(i, i, 2 * temperature / (dx * dx) + u1 * u1 / (4 * temperature) - at(curvature, place) / 2);
            if (i > 0) {
                h.set(i, i - 1, -temperature / (dx * dx));
                h.set(i - 1, i, -temperature / (dx * dx));
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, false, true);
        eigen.decompose(h);
        return java.util.stream.IntStream.range(0, n)
                .mapToDouble(i -> eigen.getEigenvalue(i).getReal())
                .sorted()
                .limit(3)
                .toArray();
    }

    /// Twice Kramers' rate, sqrt(U''(1) |U''(0)|)/pi exp(-1/T); the first gap is 1 - 3 T/8 of it, to the next order
    /// of Laplace's method in the well and on the barrier.
    @Test
    void kramersRate() {
        Expr.Sym x = Expr.sym("x");
        Expr curvature = Derivative.of(Derivative.of(potential(), x), x);
        double prefactor = Math.sqrt(at(curvature, 1) * -at(curvature, 0)) / Math.PI;
        assertEquals(.2437, prefactor * Math.exp(-2), 5e-5);
        assertEquals(.03298, prefactor * Math.exp(-4), 5e-6);
        for (double temperature : new double[] {.25, .15, .12}) {
            double gap = (4 * gaps(temperature, 599)[1] - gaps(temperature, 300)[1]) / 3;
            double ratio = gap / (prefactor * Math.exp(-1 / temperature));
            assertEquals(1 - 0.375 * temperature, ratio, 0.6 * temperature * temperature);
        }
    }

    /// E x of paths shrinks by the second eigenvalue of the transition.
    @ParameterizedTest
    @ValueSource(doubles = {.5, .25})
    void theMeanOfPathsHasItsRate(double temperature) {
        double h = 0.04;
        double gap = -Math.log(new EulerGrid(well(temperature), h, -2.5, 2.5, 601).oddFactor((int) (3 / h))) / h;
        Simulation s = Runs.of(well(temperature), "euler-maruyama", Measured.PATHS, h, 150, 3);
        Measured.Value early = Measured.of(s, 24, "x").at(1, "x");
        Measured.Value late = Measured.of(s, 26, "x").at(3, "x");
        double time = 100 * h;
        double se = Math.hypot(early.se() / early.mean(), late.se() / late.mean()) / time;
        new Measured.Value(Math.log(early.mean() / late.mean()) / time, se).is(gap, "gap");
    }
}
