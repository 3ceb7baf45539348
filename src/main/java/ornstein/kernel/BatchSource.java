package ornstein.kernel;

import java.util.Arrays;
import ornstein.method.Batches;
import ornstein.method.Sampling;
import ornstein.random.Permutation;
import ornstein.random.Streams;
import ornstein.random.Uniforms;

/// Fills the rows of indices of the batches of a step; those of the first batch come first.
///
/// What serves several steps is kept in further rows: with `iid`, the indices of two batches if one alone
/// would waste half a block; with a permutation of up to 12, a whole epoch's.
final class BatchSource implements Source {
    private final Batches batches;
    private final Backend backend;
    private final Layout layout;
    private final int permuted;
    private final int kept;
    private final int digits;

    BatchSource(Batches batches, Backend backend, Layout layout) {
        this.batches = batches;
        this.backend = backend;
        this.layout = layout;
        permuted = switch (batches.sampling()) {
            case SHUFFLE -> batches.examples();
            case REORDER -> batches.perEpoch();
            case IID, FIXED, REVERSED -> 0;
        };
        boolean unranked = permuted > 0 && permuted <= Permutation.UNRANKED;
        int rows = batches.sampling() == Sampling.IID ? period() * indices() : unranked ? permuted : 0;
        kept = layout.newWords(rows);
        digits = layout.newWords(unranked ? permuted : 0);
    }

    private int indices() {
        return batches.perStep() * batches.size();
    }

    /// Steps (or holds of several) whose indices use up whole blocks of two.
    private int period() {
        return 1 + indices() % 2;
    }

    @Override
    public void prepare(Tile t, long step) {
        long at = step / batches.hold();
        if (t.batchAt == at) return;
        t.batchAt = at;
        if (batches.sampling() == Sampling.IID) {
            iid(t, at);
            return;
        }
        for (int j = 0; j < batches.perStep(); j++) {
            long number = at * batches.perStep() + j;
            long epoch = number / batches.perEpoch();
            int position = (int) (number % batches.perEpoch());
            int slot = j * batches.size();
            switch (batches.sampling()) {
                case FIXED -> same(t, position, slot);
                case REVERSED -> same(t, epoch % 2 == 0 ? position : batches.perEpoch() - 1 - position, slot);
                case REORDER -> {
                    elements(t, epoch, position, 1, slot);
                    spread(t, slot);
                }
                default -> elements(t, epoch, position * batches.size(), batches.size(), slot);
            }
        }
    }

    private void iid(Tile t, long at) {
        int n = indices();
        long chunk = at / period();
        if (t.epochAt != chunk) {
            t.epochAt = chunk;
            for (int b = 0; b < period() * n / 2; b++) {
                PhiloxRows.fill(backend, t, chunk * period() * n / 2 + b, Streams.BATCH);
                for (int half = 0; half < 2; half++) below(t, 2 * half, kept + 2 * b + half);
            }
        }
        int from = (kept + (int) (at % period()) * n) * t.stride;
        for (int k = 0; k < n; k++) {
            System.arraycopy(t.words, from + k * t.stride, t.words, layout.indexWords(k) * t.stride, t.count);
        }
    }

    private void below(Tile t, int word, int row) {
        int low = word * t.stride;
        int high = low + t.stride;
        int to = row * t.stride;
        if (backend == Backend.VECTOR) {
            IndexRows.below(t.words, low, high, to, t.count, batches.examples());
            return;
        }
        for (int i = 0; i < t.count; i++) {
            long bits = t.words[low + i] & 0xFFFFFFFFL | (long) t.words[high + i] << 32;
            t.words[to + i] = (int) Uniforms.below(bits, batches.examples());
        }
    }

    private void same(Tile t, int batch, int slot) {
        for (int b = 0; b < batches.size(); b++) {
            int at = layout.indexWords(slot + b) * t.stride;
            Arrays.fill(t.words, at, at + t.count, batch * batches.size() + b);
        }
    }

    /// The examples of the batch whose number is in row `slot`.
    private void spread(Tile t, int slot) {
        int size = batches.size();
        for (int b = size - 1; b >= 0; b--) {
            int from = layout.indexWords(slot) * t.stride;
            int to = layout.indexWords(slot + b) * t.stride;
            for (int i = 0; i < t.count; i++) t.words[to + i] = t.words[from + i] * size + b;
        }
    }

    /// The elements at some positions of an epoch's permutation, into rows from `slot`.
    private void elements(Tile t, long epoch, int position, int n, int slot) {
        int to = layout.indexWords(slot) * t.stride;
        if (backend == Backend.SCALAR) {
            for (int b = 0; b < n; b++) {
                for (int i = 0; i < t.count; i++) {
                    t.words[to + b * t.stride + i] =
                            Permutation.at(position + b, permuted, t.seed, t.firstPath + i, epoch, Streams.BATCH);
                }
            }
        } else if (permuted <= Permutation.UNRANKED) {
            if (t.epochAt != epoch) unrank(t, epoch);
            for (int b = 0; b < n; b++) {
                System.arraycopy(t.words, (kept + position + b) * t.stride, t.words, to + b * t.stride, t.count);
            }
        } else {
            swapOrNot(t, epoch, position, n, to);
        }
    }

    private void swapOrNot(Tile t, long epoch, int position, int n, int to) {
        for (int b = 0; b < n; b++) {
            int at = to + b * t.stride;
            Arrays.fill(t.words, at, at + t.count, position + b);
        }
        for (int round = 0; round < Permutation.rounds(permuted); round += 2) {
            PhiloxRows.fill(backend, t, Permutation.blocks(epoch) + 1 + round / 2, Streams.BATCH);
            for (int b = 0; b < n; b++) {
                int at = to + b * t.stride;
                IndexRows.swapOrNot(t.words, 0, t.stride, at, t.count, permuted);
                IndexRows.swapOrNot(t.words, 2 * t.stride, 3 * t.stride, at, t.count, permuted);
            }
        }
    }

    private void unrank(Tile t, long epoch) {
        t.epochAt = epoch;
        PhiloxRows.fill(backend, t, Permutation.blocks(epoch), Streams.BATCH);
        for (int j = 0; j < permuted; j++) {
            IndexRows.digit(t.words, 0, t.stride, (digits + j) * t.stride, t.count, permuted - j);
        }
        for (int j = 0; j < permuted; j++) {
            IndexRows.element(t.words, digits * t.stride, t.stride, j, (kept + j) * t.stride, t.count);
        }
    }
}
