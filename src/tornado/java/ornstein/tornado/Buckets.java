package ornstein.tornado;

import ornstein.device.PathsPlan;

/// The buckets of `ornstein.ensemble.Sketch`, without the bits of a number, which kernels do not see.
final class Buckets {
    static final int PAGE = PathsPlan.PAGE;
    static final int PAGES = PathsPlan.PAGES;

    private Buckets() {}

    /// The number of the bucket that a finite number falls into: page times [#PAGE] and the entry.
    static int of(double x) {
        double size = x < 0 ? -x : x;
        double y = (size < 0x1p60 ? size : 0x1.fffffffffffffp59) * 0x1p60;
        int exponent = 0;
        if (y >= 0x1p64) {
            y = y * 0x1p-64;
            exponent = 64;
        }
        if (y >= 0x1p32) {
            y = y * 0x1p-32;
            exponent = exponent + 32;
        }
        if (y >= 0x1p16) {
            y = y * 0x1p-16;
            exponent = exponent + 16;
        }
        if (y >= 0x1p8) {
            y = y * 0x1p-8;
            exponent = exponent + 8;
        }
        if (y >= 0x1p4) {
            y = y * 0x1p-4;
            exponent = exponent + 4;
        }
        if (y >= 0x1p2) {
            y = y * 0x1p-2;
            exponent = exponent + 2;
        }
        if (y >= 2) {
            y = y * 0.5;
            exponent = exponent + 1;
        }
        int key = exponent + 1;
        int entry = (int) ((y - 1) * PAGE);
        if (y < 1) {
            key = 0;
            entry = 0;
        }
        int page = PAGES / 2 + (x < 0 ? -key : key);
        return page * PAGE + entry;
    }
}
