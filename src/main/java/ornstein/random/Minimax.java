package ornstein.random;

/// Minimax polynomials behind the normals, found by Remez exchange in 50 digits; the error stated is relative, of the
/// function on the range. Each is evaluated by Horner's rule, every step one fused multiply-add, so that all back ends
/// give the same bits.
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
    /// (2 atanh(s) - 2s) / s^3 in s^2 for s = f/(2+f), f as above: 1.2e-18.
    public static final Minimax LOG_F64 = new Minimax(
            0x1.5555555555592p-1,
            0x1.999999997fdbbp-2,
            0x1.24924941f0fc1p-2,
            0x1.c71c520973e6dp-3,
            0x1.74663ee59fe86p-3,
            0x1.39a1bad3ac717p-3,
            0x1.2f0563fa812a7p-3);
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

    private final double[] coefficients;
    private final float[] singles;

    /// @param coefficients constant term first
    public Minimax(double... coefficients) {
        this.coefficients = coefficients.clone();
        singles = new float[coefficients.length];
        for (int i = 0; i < singles.length; i++) singles[i] = (float) coefficients[i];
    }

    /// The coefficients, constant term first.
    public double[] coefficients() {
        return coefficients.clone();
    }

    public double at(double x) {
        int i = coefficients.length - 1;
        double p = coefficients[i];
        while (--i >= 0) p = Math.fma(p, x, coefficients[i]);
        return p;
    }

    public float at(float x) {
        int i = singles.length - 1;
        float p = singles[i];
        while (--i >= 0) p = Math.fma(p, x, singles[i]);
        return p;
    }
}
