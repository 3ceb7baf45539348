package ornstein.train.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import ornstein.train.Group;
import ornstein.train.Precision;
import ornstein.train.data.Examples;

class LossSurfaceTest {
    private static final Examples DATA = TinyNets.examples(50, 4, 3);
    private static final int P = 5 * 4 + 15;

    private static LossSurface surface(Precision precision, int chunk) {
        return new LossSurface(TinyNets.mlp(4, 5, 3, precision), DATA, chunk);
    }

    private static double[] moved(double[] theta, double h, double[] v) {
        double[] out = theta.clone();
        Vectors.add(out, h, v);
        return out;
    }

    @Test
    void gradientAndHessianAgreeWithFiniteDifferences() {
        double[] theta = TinyNets.point(P, 1);
        double[] v = TinyNets.point(P, 2);
        double h = 1e-5;
        try (LossSurface loss = surface(Precision.F64, 16)) {
            double slope = (loss.loss(moved(theta, h, v)) - loss.loss(moved(theta, -h, v))) / (2 * h);
            assertEquals(slope, Vectors.dot(loss.gradient(theta), v), 1e-8);
            double[] product = loss.hessianTimes(theta, v);
            double[] difference =
                    Vectors.difference(loss.gradient(moved(theta, h, v)), loss.gradient(moved(theta, -h, v)));
            Vectors.scale(difference, 1 / (2 * h));
            assertEquals(0, Math.sqrt(Vectors.distance2(product, difference)), 1e-8);
        }
    }

    @Test
    void chunksDoNotMatter() {
        double[] theta = TinyNets.point(P, 1);
        double[] v = TinyNets.point(P, 2);
        try (LossSurface one = surface(Precision.F64, 50);
                LossSurface many = surface(Precision.F64, 7);
                LossSurface single = surface(Precision.F32, 50)) {
            assertEquals(one.loss(theta), many.loss(theta), 1e-14);
            assertEquals(one.loss(theta), single.loss(theta), 1e-5);
            assertEquals(0, Vectors.distance2(one.gradient(theta), many.gradient(theta)), 1e-28);
            assertEquals(0, Vectors.distance2(one.hessianTimes(theta, v), many.hessianTimes(theta, v)), 1e-26);
            assertEquals(
                    0, Math.sqrt(Vectors.distance2(one.hessianTimes(theta, v), single.hessianTimes(theta, v))), 1e-4);
        }
    }

    /// At a scale-invariant row w of the weights, w.grad = 0, and for all of them together H w = -grad.
    @Test
    void scaleInvarianceShowsInGradientAndHessian() {
        double[] theta = TinyNets.point(P, 1);
        try (LossSurface loss = surface(Precision.F64, 50)) {
            double[] g = loss.gradient(theta);
            double[] w = new double[P];
            for (Group group : loss.net().groups()) {
                double inner = 0;
                for (int j = (int) group.from(); j < group.to(); j++) {
                    inner += theta[j] * g[j];
                    w[j] = theta[j];
                }
                assertEquals(0, inner, 1e-14);
            }
            double[] product = loss.hessianTimes(theta, w);
            for (int j = 0; j < 20; j++) {
                assertEquals(-g[j], product[j], 1e-13);
            }
            for (int j = 20; j < P; j++) {
                assertEquals(0, product[j], 1e-13);
            }
        }
    }

    @Test
    void topOfTheHessianAgreesWithADenseDecomposition() {
        double[] theta = TinyNets.point(P, 1);
        try (LossSurface loss = surface(Precision.F64, 50)) {
            double[][] h = new double[P][];
            for (int i = 0; i < P; i++) {
                double[] unit = new double[P];
                unit[i] = 1;
                h[i] = loss.hessianTimes(theta, unit);
            }
            for (int i = 0; i < P; i++) {
                for (int j = 0; j < i; j++) {
                    assertEquals(h[i][j], h[j][i], 1e-13);
                }
            }
            double[] all = new SimpleMatrix(h)
                    .eig().getEigenvalues().stream()
                            .mapToDouble(v -> -v.getReal())
                            .sorted()
                            .map(v -> -v)
                            .toArray();
            Eigenpairs top = loss.topOfHessian(theta, 4, 1e-10, P, 1);
            for (int k = 0; k < 4; k++) {
                assertEquals(all[k], top.values()[k], 1e-9);
                double[] v = top.vectors()[k];
                assertEquals(top.values()[k], Vectors.dot(v, loss.hessianTimes(theta, v)), 1e-9);
            }
            assertTrue(top.values()[0] > 0);
        }
    }
}
