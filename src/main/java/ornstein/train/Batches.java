package ornstein.train;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import ornstein.method.Sampling;
import ornstein.random.Permutation;
import ornstein.random.Philox;
import ornstein.random.Streams;
import ornstein.random.Uniforms;
import ornstein.spec.UserError;
import ornstein.train.data.Examples;

/// The batches of a group of replicas: which examples, and with which labels, as a function of seed, replica and step.
final class Batches {
    private final TrainSpec spec;
    private final int replicas;
    private final int batch;
    private final int count;
    private final int classes;
    private final byte[] labels;
    private final Tensor inputs;
    private final int[] picked;
    private final long[] index;
    private final long[] label;
    private final int[] words = new int[4];

    private final LongPointer indexMemory;
    private final LongPointer labelMemory;
    private final Tensor indexTensor;
    private final Tensor y;
    private final Tensor gathered;
    private final Tensor x;

    Batches(TrainSpec spec, Examples examples) {
        this.spec = spec;
        replicas = spec.replicas();
        batch = spec.batch();
        count = examples.count();
        classes = spec.network().classes();
        labels = examples.labels();
        if (spec.sampling() != Sampling.IID && batch > count) {
            throw new UserError("batch " + batch + " is larger than the data (" + count
                    + " examples): ask for a smaller batch, more data, or iid sampling");
        }
        inputs = DataTensors.inputs(examples, spec.precision());
        picked = new int[batch];
        index = new long[replicas * batch];
        label = new long[replicas * batch];
        TensorOptions integers = new TensorOptions(ScalarType.Long);
        indexMemory = new LongPointer(index.length);
        labelMemory = new LongPointer(label.length);
        indexTensor = torch.from_blob(indexMemory, new long[] {index.length}, integers);
        y = torch.from_blob(labelMemory, new long[] {replicas, batch}, integers);
        gathered = Torch.zeros(spec.precision(), index.length, examples.width());
        List<Long> shape = new ArrayList<>(List.of((long) replicas, (long) batch));
        spec.network().input().forEach(side -> shape.add((long) side));
        x = gathered.reshape(shape.stream().mapToLong(d -> d).toArray());
    }

    /// Inputs `[R, B, ...]` of the last batch drawn.
    Tensor x() {
        return x;
    }

    /// Labels `[R, B]` of the last batch drawn.
    Tensor y() {
        return y;
    }

    /// Draws the batches of a number into [#x] and [#y]; SGD takes one of them a step.
    void draw(long number) {
        for (int r = 0; r < replicas; r++) {
            pick(r, number);
            for (int i = 0; i < batch; i++) {
                index[r * batch + i] = picked[i];
                label[r * batch + i] = labels[picked[i]];
            }
            if (spec.labelNoise() > 0) {
                disturbLabels(r, number);
            }
        }
        indexMemory.put(index);
        labelMemory.put(label);
        torch.index_select_out(gathered, inputs, 0, indexTensor);
    }

    /// The examples of a replica's batch of a number, in order.
    int[] examples(int r, long number) {
        draw(number);
        int[] out = new int[batch];
        for (int i = 0; i < batch; i++) {
            out[i] = (int) index[r * batch + i];
        }
        return out;
    }

    private void pick(int r, long number) {
        long replica = spec.firstReplica() + r;
        int perEpoch = Math.max(1, count / batch);
        long now = number / perEpoch;
        int position = (int) (number % perEpoch);
        switch (spec.sampling()) {
            case IID -> Uniforms.indices(spec.seed(), replica, number * batch, Streams.BATCH, count, picked);
            case SHUFFLE -> shuffled(replica, now, position);
            case REORDER -> same(Permutation.at(position, perEpoch, spec.seed(), replica, now, Streams.BATCH));
            case FIXED -> same(position);
            case REVERSED -> same(now % 2 == 0 ? position : perEpoch - 1 - position);
        }
    }

    /// A batch of the partition that leaves the examples as they lie.
    private void same(int which) {
        for (int i = 0; i < batch; i++) {
            picked[i] = which * batch + i;
        }
    }

    private void shuffled(long replica, long now, int position) {
        for (int i = 0; i < batch; i++) {
            picked[i] = Permutation.at(position * batch + i, count, spec.seed(), replica, now, Streams.BATCH);
        }
    }

    private void disturbLabels(int r, long number) {
        for (int i = 0; i < batch; i++) {
            long bits = twoWords(spec.firstReplica() + r, number * batch + i, Streams.LABEL);
            if (Uniforms.unit((int) bits) < spec.labelNoise()) {
                label[r * batch + i] = Uniforms.below(bits, classes);
            }
        }
    }

    /// 64 bits at a position of a stream of which each position takes two words. The high word decides
    /// [Uniforms#below], the low word is free for another use.
    private long twoWords(long replica, long position, int stream) {
        Philox.block(spec.seed(), replica, position >>> 1, stream, words);
        int at = ((int) position & 1) << 1;
        return words[at] & 0xFFFFFFFFL | (long) words[at + 1] << 32;
    }
}
