package ornstein.random;

import java.util.Arrays;

/// Minimax polynomials behind the normals, found by Remez exchange in 50 digits; the error stated is relative, of the
/// function on the range. Each is evaluated by Horner's rule, every step one fused multiply-add, so that all back ends
/// give the same bits; a long one as that of its even powers plus x times that of its odd powers, both in x^2, since a
/// CPU waits for a chain of dependent operations.
public final class Minimax {
    /// (log(1+f) - f) / f^2 on [sqrt(1/2) - 1, sqrt(2) - 1], single precision: 5.8e-9.
    public static final Minimax LOG_F32 = new Minimax(
            -0.5,
            0x1.555554p-2,
            -0x1.000228p-2,
            0x1.99a00ap-3,
            -0x1.547246p-3,
            0x1.22d9f8p-3,
            -0x1.0d8518p-3,
            0x1.055c40p-3,
            -0x1.38b852p-4);
    /// As LOG_F32, double precision; the error relative to log(1+f): 1.1e-17. Longer than a polynomial for
    /// 2 atanh(f/(2+f)), but without its division.
    public static final Minimax LOG_F64 = new Minimax(
            -0.5,
            0x1.5555555555533p-2,
            -0x1.fffffffffef17p-3,
            0x1.999999999f716p-3,
            -0x1.555555566b05cp-3,
            0x1.24924922a56d7p-3,
            -0x1.ffffff2c16eb0p-4,
            0x1.c71c71df8bcfep-4,
            -0x1.9999c265f8ba1p-4,
            0x1.745d3f2904912p-4,
            -0x1.5550eef14e139p-4,
            0x1.3b0b88910ec22p-4,
            -0x1.24d747e0a43fcp-4,
            0x1.11cd01c9a8675p-4,
            -0x1.fba231f60e083p-5,
            0x1.d05a99314a940p-5,
            -0x1.d11dcde96b55bp-5,
            0x1.0a6155857edccp-4,
            -0x1.ea0945142ed3ep-5,
            0x1.ac7db75be93f3p-6);
    /// sin(pi t / 2) / t in t^2, |t| <= 1/2: 3.2e-9.
    public static final Minimax SIN_QUARTER_F32 =
            new Minimax(0x1.921fb6p+0, -0x1.4abbbap-1, 0x1.465e92p-4, -0x1.2d9302p-8);
    /// cos(pi t / 2) in t^2, |t| <= 1/2: 6.4e-11.
    public static final Minimax COS_QUARTER_F32 =
            new Minimax(1, -0x1.3bd3ccp+0, 0x1.03c1dep-2, -0x1.55c5e0p-6, 0x1.d9d57ep-11);
    /// As SIN_QUARTER_F32, double precision: 3.3e-18.
    public static final Minimax SIN_QUARTER_F64 = new Minimax(
            0x1.921fb54442d18p+0,
            -0x1.4abbce625be41p-1,
            0x1.466bc677586ffp-4,
            -0x1.32d2cce2d52cdp-8,
            0x1.50782fca32558p-13,
            -0x1.e300639bb8d6bp-19,
            0x1.e3eed493b9fc2p-25);
    /// As COS_QUARTER_F32, double precision: 3.9e-20.
    public static final Minimax COS_QUARTER_F64 = new Minimax(
            1,
            -0x1.3bd3cc9be45dep+0,
            0x1.03c1f081b5aaep-2,
            -0x1.55d3c7e3c9280p-6,
            0x1.e1f5068367ae8p-11,
            -0x1.a6d1ec7e0844dp-16,
            0x1.f9cc40a9d8fcep-22,
            -0x1.b263c26024f95p-28);

    private static final int LONG = 16;

    private final double[][] chains;
    private final float[] singles;

    /// @param coefficients constant term first
    public Minimax(double... coefficients) {
        chains = new double[coefficients.length < LONG ? 1 : 2][];
        for (int k = 0; k < chains.length; k++) {
            chains[k] = new double[(coefficients.length - k + chains.length - 1) / chains.length];
            for (int i = 0; i < chains[k].length; i++) chains[k][i] = coefficients[k + i * chains.length];
        }
        singles = new float[chains[0].length];
        for (int i = 0; i < singles.length; i++) singles[i] = (float) chains[0][i];
    }

    /// The coefficients, constant term first: one array, or of a long polynomial two, of the even and of the odd
    /// powers.
    public double[][] chains() {
        return Arrays.stream(chains).map(double[]::clone).toArray(double[][]::new);
    }

    public double at(double x) {
        if (chains.length == 1) return at(chains[0], x);
        double square = x * x;
        return Math.fma(at(chains[1], square), x, at(chains[0], square));
    }

    private static double at(double[] coefficients, double x) {
        int i = coefficients.length - 1;
        double p = coefficients[i];
        while (--i >= 0) p = Math.fma(p, x, coefficients[i]);
        return p;
    }

    /// In single precision.
    ///
    /// @throws IllegalStateException if the polynomial is long, as none in single precision needs to be
    public float at(float x) {
        if (chains.length > 1) throw new IllegalStateException("a long polynomial is for double precision");
        int i = singles.length - 1;
        float p = singles[i];
        while (--i >= 0) p = Math.fma(p, x, singles[i]);
        return p;
    }
}
