package ornstein.ensemble;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import ornstein.device.PathsPlan;

/// Counts of the values of one variable in fixed buckets: a quantile sketch with a relative error, as
/// DDSketch (Masson, Rim, Lee: DDSketch, VLDB 2019), whose buckets are the numbers that agree in sign,
/// exponent and the first 12 bits of the fraction. A bucket is 2^-12 of its values wide. Counts are integers
/// and buckets are fixed, so sketches that were filled in any order and merged are the same.
///
/// Numbers below 2^-60 in size count as zero, those from 2^60 as the largest.
final class Sketch {
    private static final int BITS = 12;
    private static final int PAGE = 1 << BITS;
    private static final int LEAST = -60;
    private static final int MOST = 59;

    /// Pages of counts by the order of their numbers: -(exponent - LEAST + 1) for negative ones, 0 for zero.
    private final TreeMap<Integer, long[]> pages = new TreeMap<>();

    private int lastKey = Integer.MIN_VALUE;
    private long[] lastPage = new long[0];

    /// A bucket that holds numbers.
    ///
    /// @param lo, hi its ends
    record Bucket(double lo, double hi, long count) {
        double middle() {
            return (lo + hi) / 2;
        }
    }

    void add(double x) {
        int exponent = Math.getExponent(x);
        int key;
        int entry = 0;
        if (exponent < LEAST) {
            key = 0;
        } else {
            key = Math.min(exponent, MOST) - LEAST + 1;
            entry = exponent > MOST ? PAGE - 1 : (int) ((Double.doubleToRawLongBits(x) >>> (52 - BITS)) & (PAGE - 1));
            if (x < 0) key = -key;
        }
        page(key)[entry]++;
    }

    /// Adds counts of a whole page.
    ///
    /// @param place of the page by the order of its numbers, with that of zero in the middle, as
    /// [ornstein.device.PathsPlan] counts them
    void add(int place, int[] counts) {
        int key = place - PathsPlan.PAGES / 2;
        long[] page = page(key);
        for (int i = 0; i < page.length; i++) page[i] += counts[i];
    }

    private long[] page(int key) {
        if (key != lastKey) {
            lastPage = pages.computeIfAbsent(key, k -> new long[k == 0 ? 1 : PAGE]);
            lastKey = key;
        }
        return lastPage;
    }

    /// Sets all counts to 0.
    void clear() {
        pages.values().forEach(counts -> Arrays.fill(counts, 0));
    }

    void merge(Sketch other) {
        other.pages.forEach((key, counts) -> {
            if (used(counts) == 0) return;
            long[] mine = page(key);
            for (int i = 0; i < counts.length; i++) mine[i] += counts[i];
        });
    }

    private static int used(long[] counts) {
        int used = 0;
        for (long n : counts) if (n > 0) used++;
        return used;
    }

    /// Buckets that hold numbers, by their numbers.
    SortedMap<Double, Bucket> buckets() {
        SortedMap<Double, Bucket> found = new TreeMap<>();
        pages.forEach((key, counts) -> {
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    Bucket b = bucket(key, i, counts[i]);
                    found.put(b.lo(), b);
                }
            }
        });
        return found;
    }

    private static Bucket bucket(int key, int entry, long count) {
        if (key == 0) {
            double end = Math.scalb(1.0, LEAST);
            return new Bucket(-end, end, count);
        }
        int exponent = Math.abs(key) - 1 + LEAST;
        double near = Math.scalb(1 + (double) entry / PAGE, exponent);
        double far = Math.scalb(1 + (entry + 1.0) / PAGE, exponent);
        return key > 0 ? new Bucket(near, far, count) : new Bucket(-far, -near, count);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt((int) pages.values().stream().filter(c -> used(c) > 0).count());
        for (var page : pages.entrySet()) {
            long[] counts = page.getValue();
            if (used(counts) == 0) continue;
            out.writeInt(page.getKey());
            out.writeInt(used(counts));
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    out.writeInt(i);
                    out.writeLong(counts[i]);
                }
            }
        }
    }

    static Sketch read(DataInput in) throws IOException {
        Sketch sketch = new Sketch();
        for (int pages = in.readInt(); pages > 0; pages--) {
            int key = in.readInt();
            for (int used = in.readInt(); used > 0; used--) {
                int entry = in.readInt();
                sketch.page(key)[entry] += in.readLong();
            }
        }
        return sketch;
    }
}
