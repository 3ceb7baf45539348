package ornstein.kernel;

import ornstein.random.Minimax;

/// The numbers behind [Elementary] in one precision: minimax polynomials found by Remez exchange in 50 digits
/// (constant term first), constants in two or three parts, and the ranges in which they serve.
///
/// @param exp (e^r - 1 - r - r^2/2) / r^3 for |r| <= log(2)/2
/// @param log see [Minimax]
/// @param sin (sin(r)/r - 1) / r^2 in r^2 for |r| <= pi/4
/// @param cos (cos(r) - 1 + r^2/2) / r^4 in r^2 for |r| <= pi/4
/// @param atan (atan(x)/x - 1) / x^2 in x^2 for |x| <= tan(pi/8)
/// @param halfPi pi/2 in three parts
/// @param ln2 log(2) in two parts
/// @param mantissa bits of a mantissa without the leading one
/// @param exponentBias the bias of the exponent
/// @param magic 1.5 * 2^mantissa: adding it rounds to an integer, which is then in the lowest bits
/// @param sqrtHalf bits of sqrt(1/2)
/// @param expRange beyond these, exp is 0 or infinite
/// @param angle largest angle reduced with halfPi
/// @param hyperbolic largest argument of sinh and cosh that exp serves
record Tables(
        Minimax exp,
        Minimax log,
        Minimax sin,
        Minimax cos,
        Minimax atan,
        double[] halfPi,
        double[] ln2,
        int mantissa,
        int exponentBias,
        double magic,
        long sqrtHalf,
        double[] expRange,
        double angle,
        double hyperbolic) {

    private static final Tables F32 = new Tables(
            new Minimax(0x1.5554b6p-3, 0x1.5555bap-5, 0x1.1223eep-7, 0x1.6c558cp-10),
            Minimax.LOG_F32,
            new Minimax(-0x1.555546p-3, 0x1.110736p-7, -0x1.994224p-13),
            new Minimax(0x1.55554ap-5, -0x1.6c0c2ep-10, 0x1.99ea06p-16),
            new Minimax(-0x1.55554ap-2, 0x1.99918ep-3, -0x1.23b48cp-3, 0x1.b1e2f8p-4, -0x1.f1bcb0p-5),
            new double[] {0x1.921fb6p+0, -0x1.777a5cp-25, -0x1.ee59dap-50},
            new double[] {0x1.62e430p-1, -0x1.05c610p-29},
            23,
            127,
            0x1.8p23,
            0x3F3504F3L,
            new double[] {-104, 89},
            30_000,
            87);

    private static final Tables F64 = new Tables(
            new Minimax(
                    0x1.555555555553ep-3,
                    0x1.5555555553adfp-5,
                    0x1.1111111118dcep-7,
                    0x1.6c16c17a112bcp-10,
                    0x1.a01a01717a32ep-13,
                    0x1.a019b357dce70p-16,
                    0x1.71de97ad1983bp-19,
                    0x1.2897b4c9e7940p-22,
                    0x1.ae4925bdae7f0p-26),
            Minimax.LOG_F64,
            new Minimax(
                    -0x1.5555555555548p-3,
                    0x1.111111110f7b0p-7,
                    -0x1.a01a019bf9b83p-13,
                    0x1.71de35640989ep-19,
                    -0x1.ae5e57813eb51p-26,
                    0x1.5d8ee7811198bp-33),
            new Minimax(
                    0x1.555555555554bp-5,
                    -0x1.6c16c16c14f6dp-10,
                    0x1.a01a019c80a29p-16,
                    -0x1.27e4f7e80a429p-22,
                    0x1.1ee9d5cdbea96p-29,
                    -0x1.8fa3979dd317cp-37),
            new Minimax(
                    -0x1.555555555553cp-2,
                    0x1.9999999995732p-3,
                    -0x1.24924922a64c0p-3,
                    0x1.c71c70e36d469p-4,
                    -0x1.745cf892f9f20p-4,
                    0x1.3b11141c635f3p-4,
                    -0x1.10eb803ecaed4p-4,
                    0x1.df0c23d1f3d32p-5,
                    -0x1.9cc49f7065a67p-5,
                    0x1.37b1f05bf853fp-5,
                    -0x1.251c5b67d7ff9p-6),
            new double[] {0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54, -0x1.f1976b7ed8fbcp-110},
            new double[] {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56},
            52,
            1023,
            0x1.8p52,
            0x3FE6A09E667F3BCDL,
            new double[] {-746, 710},
            1e6,
            700);

    static Tables of(Precision precision) {
        return precision == Precision.F32 ? F32 : F64;
    }

    /// Raw bits of a number in this precision.
    long bits(double x) {
        return mantissa == 23 ? Float.floatToRawIntBits((float) x) : Double.doubleToRawLongBits(x);
    }
}
