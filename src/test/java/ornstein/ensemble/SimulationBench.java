package ornstein.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import ornstein.kernel.Backend;
import ornstein.kernel.BackendChoice;
import ornstein.kernel.Precision;

/// Euler-Maruyama from a model's YAML against C++, NumPy, PyTorch and a hand-written kernel, in one run. See
/// src/bench/simulate.sh.
///
/// A rate is that of the time between two lengths of a run, so that starting does not count. Rounds of all
/// contestants alternate; medians are taken over rounds, of the ratios too. Moments are checked at the shorter length:
/// those of programs with our random numbers agree to rounding, others to five standard errors.
public final class SimulationBench {
    private static final long PATHS = 1 << 16;
    private static final double SECONDS = 0.5;
    private static final int ROUNDS = 7;

    private SimulationBench() {}

    /// @param same whether it draws our random numbers
    private record Entry(Contestant contestant, long paths, int threads, boolean same) {}

    /// @param arguments folder of the C++ peers, Python, the Python peer, then which cases (all by default)
    public static void main(String[] arguments) {
        List<String> wanted = List.of(arguments).subList(3, arguments.length);
        System.out.printf("%-16s %-22s %7s %16s %12s%n", "model", "program", "threads", "M path-steps/s", "ours / it");
        for (String model : List.of("ou", "double-well", "ou-10d")) {
            for (Precision precision : List.of(Precision.F32, Precision.F64)) {
                String name = model + " " + precision.name().toLowerCase(Locale.ROOT);
                if (wanted.isEmpty() || wanted.contains(name)) compare(name, entries(model, precision, arguments));
            }
        }
    }

    private static List<Entry> entries(String model, Precision precision, String[] arguments) {
        String p = precision.name().toLowerCase(Locale.ROOT);
        boolean ou32 = model.equals("ou") && precision == Precision.F32;
        List<Entry> all = new ArrayList<>();
        Contestant ours = new Contestant.Engine("Ornstein, vector", model, precision, Backend.VECTOR);
        all.add(new Entry(ours, PATHS, 1, true));
        all.add(new Entry(ours, 2 * PATHS, 2, true));
        if (ou32) {
            Contestant scalar = new Contestant.Engine("Ornstein, scalar", model, precision, Backend.SCALAR);
            all.add(new Entry(scalar, PATHS, 1, true));
            all.add(new Entry(new Contestant.Hand("Vector API by hand"), PATHS, 1, true));
        }
        for (String form : List.of("one", "stages")) {
            Contestant auto = peer("C++ auto, " + form, arguments[0] + "/auto", model, p, form);
            all.add(new Entry(auto, PATHS, 1, true));
        }
        if (precision == Precision.F32 && !model.equals("ou-10d")) {
            List<String> sets = BackendChoice.vectorBits() >= 512 ? List.of("avx512", "avx2") : List.of("avx2");
            for (String set : sets) {
                Contestant hand = peer("C++ " + set, arguments[0] + "/intrinsics", model, p, set);
                all.add(new Entry(hand, PATHS, 1, true));
            }
        }
        for (String library : List.of("numpy", "torch")) {
            Contestant python = peer(library, arguments[1], arguments[2], library, model, p);
            all.add(new Entry(python, PATHS / 4, 1, false));
        }
        return all;
    }

    private static Contestant peer(String name, String... command) {
        return new Contestant.Peer(name, List.of(command));
    }

    private static void compare(String name, List<Entry> entries) {
        int n = entries.size();
        long[] steps = new long[n];
        double[][] rates = new double[n][ROUNDS];
        for (int k = 0; k < n; k++) steps[k] = calibrate(entries.get(k));
        for (int round = 0; round < ROUNDS; round++) {
            for (int k = 0; k < n; k++) rates[k][round] = rate(entries.get(k), steps[k]);
        }
        Contestant.Answer ours = entries.getFirst().contestant().run(PATHS, 400, 1);
        for (int k = 0; k < n; k++) {
            Entry e = entries.get(k);
            check(e, ours);
            double[] ratios = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) ratios[round] = rates[0][round] / rates[k][round];
            System.out.printf(
                    Locale.ROOT,
                    "%-16s %-22s %7d %16.1f %12.3f%n",
                    name,
                    e.contestant().name(),
                    e.threads(),
                    median(rates[k]) / 1e6,
                    median(ratios));
            if (e.threads() == 1) e.contestant().close();
        }
    }

    /// A number of steps that takes about [#SECONDS], after the JIT compiler has done its work.
    private static long calibrate(Entry e) {
        long steps = 40;
        long begun = System.nanoTime();
        boolean java = !(e.contestant() instanceof Contestant.Peer);
        while (true) {
            double seconds = e.contestant().run(e.paths(), steps, e.threads()).seconds();
            if (java && System.nanoTime() - begun < 3e9) continue;
            if (seconds > SECONDS / 4) return Math.max(4, (long) (steps * SECONDS / seconds) / 4 * 4);
            steps *= 2;
        }
    }

    private static double rate(Entry e, long steps) {
        double less =
                e.contestant().run(e.paths(), steps / 2 / 4 * 4, e.threads()).seconds();
        double more = e.contestant()
                .run(e.paths(), steps / 2 / 4 * 4 + steps, e.threads())
                .seconds();
        return e.paths() * steps / (more - less);
    }

    private static void check(Entry e, Contestant.Answer ours) {
        Contestant.Answer it = e.contestant().run(e.same() ? PATHS : e.paths(), 400, e.same() ? e.threads() : 1);
        double deviation = Math.sqrt(ours.square() - ours.mean() * ours.mean());
        double bound = e.same() ? 1e-5 : 5 * deviation * Math.sqrt(1.0 / e.paths() + 1.0 / PATHS);
        double squareBound = e.same() ? 1e-5 : 5 * Math.sqrt(2) * deviation * deviation / Math.sqrt((double) e.paths());
        if (!(Math.abs(it.mean() - ours.mean()) < bound) || !(Math.abs(it.square() - ours.square()) < squareBound)) {
            throw new IllegalStateException(e.contestant().name() + ": moments " + it + " where ours are " + ours);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
