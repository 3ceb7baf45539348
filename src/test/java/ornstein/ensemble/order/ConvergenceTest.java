package ornstein.ensemble.order;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import ornstein.method.Methods;
import ornstein.model.SdeModel;
import ornstein.random.BrownianTree;
import ornstein.run.Interruption;

@SuppressWarnings("NullAway") // a missing estimate fails the test
class ConvergenceTest {
    static Convergence of(SdeModel model, String method, int coarsest, int sizes) {
        return new Convergence(
                model, Methods.named(method), Map.of(), Optional.empty(), 1, coarsest, sizes, 1024, 1, 2);
    }

    /// Errors of the mean of the published table: .52740, .28710, .15023 at 8, 16 and 32 steps.
    @Test
    void weakErrorsAreThoseOfTheClosedForm() {
        SdeModel model = (SdeModel) Problems.model("geometric-brownian-motion");
        var weak = of(model, "euler-maruyama", 3, 3).weak(new Interruption()).orElseThrow();
        double[] mean = {.52740, .28710, .15023};
        for (int l = 0; l < 3; l++) {
            double h = 1.0 / (8 << l);
            double second = Math.exp(3.25) - Math.pow((1 + 1.5 * h) * (1 + 1.5 * h) + .25 * h, 8 << l);
            assertEquals(Math.hypot(mean[l], second), weak.error()[l], 2e-5);
            assertEquals(h, weak.step()[l]);
        }
        assertTrue(weak.limit().agrees());
    }

    /// Where moments are not exact: the double well, over coupled paths.
    @Test
    void coupledPathsGiveTheWeakOrderOfANonlinearEquation() {
        SdeModel model = (SdeModel) Problems.model("double-well");
        Convergence asked = new Convergence(
                model, Methods.named("euler-maruyama"), Map.of(), Optional.empty(), 1, 4, 5, 8192, 3, 2);
        var weak = asked.weak(new Interruption()).orElseThrow();
        assertEquals(1, weak.order().value(), 0.25);
        assertTrue(
                weak.order().interval().lo() < 1 && 1 < weak.order().interval().hi());
        assertEquals(0, weak.failed());
    }

    /// Results are the same whatever the threads.
    @Test
    void threadsChangeNothing() {
        SdeModel model = (SdeModel) Problems.model("arctan");
        double[][] errors = new double[2][];
        for (int t = 0; t < 2; t++) {
            Convergence asked = new Convergence(
                    model, Methods.named("euler-maruyama"), Map.of(), Optional.empty(), 1, 3, 3, 256, 1, 1 + 2 * t);
            errors[t] = asked.strong(new Interruption()).orElseThrow().error();
        }
        assertArrayEquals(errors[0], errors[1]);
    }

    /// Paths that blow up are counted: on dX = -X^3 dt from 20, Euler's first step of 1/4 goes to -1980.
    @Test
    void pathsThatBlowUpAreCounted() {
        SdeModel model = (SdeModel)
                Problems.of("kind: sde\nname: steep\nstate: [x]\ndrift: ['-x^3']\ndiffusion: 1\nstart: [20]\n");
        Convergence asked =
                new Convergence(model, Methods.named("euler-maruyama"), Map.of(), Optional.empty(), 4, 4, 3, 64, 1, 1);
        var strong = asked.strong(new Interruption()).orElseThrow();
        assertEquals(64, strong.failed());
        assertNull(strong.order());
    }

    @Test
    void anIntegralOverTwoStepsIsThatOfTheFinerSteps() {
        int paths = 4000;
        BrownianGrid grid = new BrownianGrid(7, 0, paths, 2, 5, 2, 1);
        double[] out = new double[paths];
        grid.coarsen();
        grid.coarsen();
        BrownianTree tree = new BrownianTree(7, 11, 2);
        grid.increment(1, 5, out);
        assertEquals(tree.increment(3, 5, 1), out[11] * Math.sqrt(0.25), 1e-14);
        double[] z = new double[paths];
        grid.increment(0, 2, z);
        grid.integral(0, 2, out);
        double variance = 0;
        double covariance = 0;
        for (int i = 0; i < paths; i++) {
            variance += out[i] * out[i] / paths;
            covariance += out[i] * z[i] / paths;
        }
        assertEquals(1, variance, 4 * Math.sqrt(2.0 / paths));
        assertEquals(0, covariance, 4 / Math.sqrt(paths));
    }
}
