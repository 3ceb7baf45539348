package ornstein.ensemble;

import java.util.Arrays;
import java.util.stream.LongStream;

/// The steps at which something is looked at, ascending, and what.
final class Stops {
    private final long[] steps;
    private final int[] saves;
    private final int[][] lags;
    private final long origin;

    Stops(EnsembleSpec spec) {
        origin = spec.lags().isEmpty() ? -1 : spec.origin();
        LongStream.Builder all = LongStream.builder();
        spec.saved().forEach(all::add);
        if (origin >= 0) all.add(origin);
        spec.lags().forEach(lag -> all.add(origin + lag));
        steps = all.build().sorted().distinct().toArray();
        saves = new int[steps.length];
        lags = new int[steps.length][];
        for (int s = 0; s < steps.length; s++) {
            long step = steps[s];
            saves[s] = spec.saved().indexOf(step);
            lags[s] = java.util.stream.IntStream.range(0, spec.lags().size())
                    .filter(l -> origin + spec.lags().get(l) == step)
                    .toArray();
        }
    }

    int count() {
        return steps.length;
    }

    long step(int stop) {
        return steps[stop];
    }

    /// The number of the saved time that a stop is, or -1.
    int save(int stop) {
        return saves[stop];
    }

    /// Whether the states are those that lags count from.
    boolean isOrigin(int stop) {
        return steps[stop] == origin;
    }

    /// The lags that end here.
    int[] lags(int stop) {
        return lags[stop];
    }

    @Override
    public String toString() {
        return Arrays.toString(steps);
    }
}
