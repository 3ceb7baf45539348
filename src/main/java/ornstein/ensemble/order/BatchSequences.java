package ornstein.ensemble.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ornstein.method.Batches;
import ornstein.method.Sampling;

/// All the batches that the steps of a period may take, each sequence as likely as any other. A period is the
/// least number of steps whose batches are independent of all others: a step, or as many as hold the same
/// batches, with i.i.d. sampling; an epoch, or two with `reversed`, else.
///
/// @param steps of a period
/// @param sequences for each step of the period, the examples of each of its batches
record BatchSequences(int steps, List<List<List<List<Integer>>>> sequences) {
    /// The most sequences.
    private static final long MOST = 50_000;

    /// Empty where there are too many.
    static Optional<BatchSequences> of(Optional<Batches> taken) {
        if (taken.isEmpty()) return Optional.of(new BatchSequences(1, List.of(List.of(List.of()))));
        Batches b = taken.get();
        List<List<Integer>> orders = new ArrayList<>();
        int draws = switch (b.sampling()) {
            case IID -> b.perStep() * b.size();
            case REORDER -> b.perEpoch();
            case SHUFFLE -> b.perEpoch() * b.size();
            case FIXED, REVERSED -> 0;
        };
        if (b.sampling() == Sampling.IID) {
            if (Math.pow(b.examples(), draws) > MOST) return Optional.empty();
            words(b.examples(), draws, new ArrayList<>(), orders);
        } else if (b.sampling() == Sampling.REORDER || b.sampling() == Sampling.SHUFFLE) {
            int from = b.sampling() == Sampling.REORDER ? b.perEpoch() : b.examples();
            if (arrangements(b, from) > MOST) return Optional.empty();
            arrange(b, from, draws, new ArrayList<>(), orders);
        } else {
            orders.add(List.of());
        }
        int epochs = b.sampling() == Sampling.REVERSED ? 2 : 1;
        int numbers = b.sampling() == Sampling.IID ? b.perStep() : epochs * b.perEpoch();
        if (numbers % b.perStep() != 0) return Optional.empty();
        int steps = numbers / b.perStep() * b.hold();
        List<List<List<List<Integer>>>> all = new ArrayList<>();
        for (List<Integer> order : orders) {
            List<List<List<Integer>>> sequence = new ArrayList<>();
            for (int k = 0; k < steps; k++) {
                List<List<Integer>> ofStep = new ArrayList<>();
                for (int j = 0; j < b.perStep(); j++) ofStep.add(batch(b, order, k / b.hold() * b.perStep() + j));
                sequence.add(ofStep);
            }
            all.add(sequence);
        }
        return Optional.of(new BatchSequences(steps, all));
    }

    /// Batch number `number` of a period.
    private static List<Integer> batch(Batches b, List<Integer> order, int number) {
        int size = b.size();
        return switch (b.sampling()) {
            case IID, SHUFFLE -> order.subList(number * size, number * size + size);
            case REORDER -> partition(order.get(number), size);
            case FIXED -> partition(number, size);
            case REVERSED -> partition(number < b.perEpoch() ? number : 2 * b.perEpoch() - 1 - number, size);
        };
    }

    private static List<Integer> partition(int batch, int size) {
        List<Integer> examples = new ArrayList<>();
        for (int i = 0; i < size; i++) examples.add(batch * size + i);
        return examples;
    }

    private static void words(int letters, int length, List<Integer> word, List<List<Integer>> out) {
        if (word.size() == length) {
            out.add(List.copyOf(word));
            return;
        }
        for (int i = 0; i < letters; i++) {
            word.add(i);
            words(letters, length, word, out);
            word.removeLast();
        }
    }

    /// How many arrangements there are: of a shuffle, batches whose examples ascend.
    private static double arrangements(Batches b, int from) {
        double count = 1;
        for (int i = 0; i < b.perEpoch(); i++) {
            if (b.sampling() == Sampling.REORDER) {
                count *= from - i;
                continue;
            }
            for (int j = 0; j < b.size(); j++) count *= (double) (from - i * b.size() - j) / (j + 1);
        }
        return count;
    }

    private static void arrange(Batches b, int from, int length, List<Integer> word, List<List<Integer>> out) {
        if (word.size() == length) {
            out.add(List.copyOf(word));
            return;
        }
        boolean shuffle = b.sampling() == Sampling.SHUFFLE;
        int least = shuffle && word.size() % b.size() != 0 ? word.getLast() + 1 : 0;
        for (int i = least; i < from; i++) {
            if (word.contains(i)) continue;
            word.add(i);
            arrange(b, from, length, word, out);
            word.removeLast();
        }
    }
}
