package ornstein.tornado;

import ornstein.random.Minimax;
import uk.ac.manchester.tornado.api.math.TornadoMath;

/// The functions that generated kernels call: the device's own elementary functions, and normals from words as in
/// [ornstein.random.Normals] (the coefficients are those of [Minimax]). Products that are added to become fused
/// multiply-adds on the device.
@SuppressWarnings("IdentityBinaryExpression") // devices have no isNaN: it tests bits
public final class DeviceMath {
    private DeviceMath() {}

    public static float exp(float x) {
        return TornadoMath.exp(x);
    }

    public static double exp(double x) {
        return TornadoMath.exp(x);
    }

    public static float log(float x) {
        return TornadoMath.log(x);
    }

    public static double log(double x) {
        return TornadoMath.log(x);
    }

    public static float sin(float x) {
        return TornadoMath.sin(x);
    }

    public static double sin(double x) {
        return TornadoMath.sin(x);
    }

    public static float cos(float x) {
        return TornadoMath.cos(x);
    }

    public static double cos(double x) {
        return TornadoMath.cos(x);
    }

    public static float tan(float x) {
        return TornadoMath.tan(x);
    }

    public static double tan(double x) {
        return TornadoMath.tan(x);
    }

    public static float tanh(float x) {
        return TornadoMath.tanh(x);
    }

    public static double tanh(double x) {
        return TornadoMath.tanh(x);
    }

    public static float atan(float x) {
        return TornadoMath.atan(x);
    }

    public static double atan(double x) {
        return TornadoMath.atan(x);
    }

    public static float pow(float x, float y) {
        return TornadoMath.pow(x, y);
    }

    public static double pow(double x, double y) {
        return TornadoMath.pow(x, y);
    }

    public static float sqrt(float x) {
        return TornadoMath.sqrt(x);
    }

    public static double sqrt(double x) {
        return TornadoMath.sqrt(x);
    }

    public static float abs(float x) {
        return TornadoMath.abs(x);
    }

    public static double abs(double x) {
        return TornadoMath.abs(x);
    }

    /// Not a number if an argument is none, as `Math.min`.
    public static float min(float a, float b) {
        return a < b || a != a ? a : b;
    }

    public static double min(double a, double b) {
        return a < b || a != a ? a : b;
    }

    public static float max(float a, float b) {
        return a > b || a != a ? a : b;
    }

    public static double max(double a, double b) {
        return a > b || a != a ? a : b;
    }

    /// By its series where the difference of exponentials loses digits.
    public static double sinh(double x) {
        double z = x * x;
        double p = 1.0 / 121645100408832000.0;
        p = p * z + 1.0 / 355687428096000.0;
        p = p * z + 1.0 / 1307674368000.0;
        p = p * z + 1.0 / 6227020800.0;
        p = p * z + 1.0 / 39916800;
        p = p * z + 1.0 / 362880;
        p = p * z + 1.0 / 5040;
        p = p * z + 1.0 / 120;
        p = p * z + 1.0 / 6;
        double half = TornadoMath.exp(0.5 * x);
        double inverse = TornadoMath.exp(-0.5 * x);
        double difference = 0.5 * half * half - 0.5 * inverse * inverse;
        return z < 1 ? x + x * z * p : difference;
    }

    public static float sinh(float x) {
        float z = x * x;
        float series = x + x * z * (1f / 6 + z * (1f / 120 + z * (1f / 5040 + z * (1f / 362880))));
        float half = TornadoMath.exp(0.5f * x);
        float inverse = TornadoMath.exp(-0.5f * x);
        float difference = 0.5f * half * half - 0.5f * inverse * inverse;
        return z < 1 ? series : difference;
    }

    public static double cosh(double x) {
        double half = TornadoMath.exp(0.5 * x);
        double inverse = TornadoMath.exp(-0.5 * x);
        return 0.5 * half * half + 0.5 * inverse * inverse;
    }

    public static float cosh(float x) {
        float half = TornadoMath.exp(0.5f * x);
        float inverse = TornadoMath.exp(-0.5f * x);
        return 0.5f * half * half + 0.5f * inverse * inverse;
    }

    /// The radius of two normals.
    public static float radius32(int word) {
        float u = (float) (word & 0x7FFFFFFF) * 0x1p-31f + 0x1p-32f;
        return TornadoMath.sqrt(-2 * TornadoMath.log(u));
    }

    public static double radius64(int word) {
        double u = (double) (word & 0x7FFFFFFF) * 0x1p-31 + 0x1p-32;
        return TornadoMath.sqrt(-2 * TornadoMath.log(u));
    }

    /// The first of the two normals of a radius and a word.
    public static float first(float radius, int word) {
        return (word & 0x40000000) != 0 ? sine(radius, word) : cosine(radius, word);
    }

    /// The second.
    public static float second(float radius, int word) {
        return (word & 0x40000000) != 0 ? cosine(radius, word) : sine(radius, word);
    }

    public static double first(double radius, int word) {
        return (word & 0x40000000) != 0 ? sine(radius, word) : cosine(radius, word);
    }

    public static double second(double radius, int word) {
        return (word & 0x40000000) != 0 ? cosine(radius, word) : sine(radius, word);
    }

    private static float sine(float radius, int word) {
        float angle = (float) (word << 2) * 0x1p-32f + 0x1p-31f;
        float z = angle * angle;
        float p = -0x1.2d9302p-8f;
        p = p * z + 0x1.465e92p-4f;
        p = p * z + -0x1.4abbbap-1f;
        p = p * z + 0x1.921fb6p+0f;
        return radius * (angle * p);
    }

    private static float cosine(float radius, int word) {
        float angle = (float) (word << 2) * 0x1p-32f + 0x1p-31f;
        float z = angle * angle;
        float p = 0x1.d9d57ep-11f;
        p = p * z + -0x1.55c5e0p-6f;
        p = p * z + 0x1.03c1dep-2f;
        p = p * z + -0x1.3bd3ccp+0f;
        p = p * z + 1f;
        p = radius * p;
        return word < 0 ? -p : p;
    }

    private static double sine(double radius, int word) {
        double angle = (double) (word << 2) * 0x1p-32 + 0x1p-31;
        double z = angle * angle;
        double p = 0x1.e3eed493b9fc2p-25;
        p = p * z + -0x1.e300639bb8d6bp-19;
        p = p * z + 0x1.50782fca32558p-13;
        p = p * z + -0x1.32d2cce2d52cdp-8;
        p = p * z + 0x1.466bc677586ffp-4;
        p = p * z + -0x1.4abbce625be41p-1;
        p = p * z + 0x1.921fb54442d18p+0;
        return radius * (angle * p);
    }

    private static double cosine(double radius, int word) {
        double angle = (double) (word << 2) * 0x1p-32 + 0x1p-31;
        double z = angle * angle;
        double p = -0x1.b263c26024f95p-28;
        p = p * z + 0x1.f9cc40a9d8fcep-22;
        p = p * z + -0x1.a6d1ec7e0844dp-16;
        p = p * z + 0x1.e1f5068367ae8p-11;
        p = p * z + -0x1.55d3c7e3c9280p-6;
        p = p * z + 0x1.03c1f081b5aaep-2;
        p = p * z + -0x1.3bd3cc9be45dep+0;
        p = p * z + 1;
        p = radius * p;
        return word < 0 ? -p : p;
    }

    /// A word as a uniform on (0,1).
    public static float uniform32(int word) {
        return (float) (word >> 9 & 0x7FFFFF) * 0x1p-23f + 0x1p-24f;
    }

    public static double uniform64(int word) {
        return (double) (word & 0xFFFFFFFFL) * 0x1p-32 + 0x1p-33;
    }
}
