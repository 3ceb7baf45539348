package ornstein.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import ornstein.model.SdeModel;

class StationaryDensityTest {
    private static Optional<StationaryDensity> density(String model, double lo, double hi) {
        return StationaryDensity.of((SdeModel) Runs.model(model, Map.of()), lo, hi);
    }

    @Test
    void ofAnOrnsteinUhlenbeckProcessIsNormalWhereverThePathsAre() {
        var normal = new NormalDistribution(0, 0.5);
        for (double[] range : new double[][] {{-1, 1}, {0.99, 1.01}, {4, 5}}) {
            StationaryDensity p = density("ou", range[0], range[1]).orElseThrow();
            assertFalse(p.isGibbs());
            for (double x = -2; x <= 2; x += 0.1) assertEquals(normal.density(x), p.at(x), 1e-5);
            assertEquals(0, p.at(100));
        }
    }

    @Test
    void ofCoxIngersollRossIsAGammaDensity() {
        var gamma = new GammaDistribution(2 * 2 * 1 / 0.25, 0.25 / 4);
        StationaryDensity p = density("cir", 0.8, 1.7).orElseThrow();
        for (double x = 0.1; x < 3; x += 0.1) assertEquals(gamma.density(x), p.at(x), 1e-5);
    }

    @Test
    void ofADoubleWellIsGibbs() {
        StationaryDensity p = density("double-well", 0.5, 1.5).orElseThrow();
        assertTrue(p.isGibbs());
        assertEquals(1 / 0.9478378330, p.at(1), 1e-5);
        assertEquals(Math.exp(-4) / 0.9478378330, p.at(0), 1e-5);
        assertEquals(p.at(-1.2), p.at(1.2), 1e-5);
    }

    @Test
    void thereIsNoneWithoutAnEquilibrium() {
        assertTrue(density("geometric-brownian-motion", 1, 3).isEmpty());
        assertTrue(density("arctan", 0, 1).isEmpty());
        assertTrue(density("kubo", 0, 1).isEmpty());
        assertTrue(StationaryDensity.of(
                        (SdeModel)
                                Runs.text("kind: sde\nname: m\nstate: [x]\ndrift: [-x*t]\ndiffusion: 1\nstart: [0]\n"),
                        -1,
                        1)
                .isEmpty());
    }
}
