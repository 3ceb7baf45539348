package ornstein.kernel;

import ornstein.method.Batches;
import ornstein.method.Sampling;
import ornstein.random.Permutation;
import ornstein.random.Philox;
import ornstein.random.Streams;
import ornstein.random.Uniforms;

/// Fills the rows of indices of the batches of a step.
final class BatchSource implements Source {
    private final Batches batches;
    private final Layout layout;

    BatchSource(Batches batches, Layout layout) {
        this.batches = batches;
        this.layout = layout;
    }

    @Override
    public void prepare(Tile t, long step) {
        long at = step / batches.hold();
        if (t.batchAt == at) return;
        t.batchAt = at;
        for (int j = 0; j < batches.perStep(); j++) {
            long number = at * batches.perStep() + j;
            int row = layout.indexWords(j * batches.size()) * t.stride;
            long epoch = number / batches.perEpoch();
            int position = (int) (number % batches.perEpoch());
            switch (batches.sampling()) {
                case IID -> iid(t, number, row);
                case FIXED -> same(t, position, row);
                case REVERSED -> same(t, epoch % 2 == 0 ? position : batches.perEpoch() - 1 - position, row);
                case REORDER, SHUFFLE -> permuted(t, epoch, position, row);
            }
        }
    }

    private void iid(Tile t, long number, int row) {
        int size = batches.size();
        int[] words = new int[4];
        for (int i = 0; i < t.count; i++) {
            for (int b = 0; b < size; b++) {
                long position = number * size + b;
                if (b == 0 || (position & 1) == 0) {
                    Philox.block(t.seed, t.firstPath + i, position >>> 1, Streams.BATCH, words);
                }
                int half = (int) (position & 1) << 1;
                long bits = words[half] & 0xFFFFFFFFL | (long) words[half + 1] << 32;
                t.words[row + b * t.stride + i] = (int) Uniforms.below(bits, batches.examples());
            }
        }
    }

    private void same(Tile t, int batch, int row) {
        for (int b = 0; b < batches.size(); b++) {
            int at = row + b * t.stride;
            java.util.Arrays.fill(t.words, at, at + t.count, batch * batches.size() + b);
        }
    }

    private void permuted(Tile t, long epoch, int position, int row) {
        int size = batches.size();
        boolean whole = batches.sampling() == Sampling.SHUFFLE;
        for (int i = 0; i < t.count; i++) {
            long path = t.firstPath + i;
            if (whole) {
                for (int b = 0; b < size; b++) {
                    t.words[row + b * t.stride + i] =
                            Permutation.at(position * size + b, batches.examples(), t.seed, path, epoch, Streams.BATCH);
                }
            } else {
                int batch = Permutation.at(position, batches.perEpoch(), t.seed, path, epoch, Streams.BATCH);
                for (int b = 0; b < size; b++) t.words[row + b * t.stride + i] = batch * size + b;
            }
        }
    }
}
