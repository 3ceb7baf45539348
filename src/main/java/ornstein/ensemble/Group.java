package ornstein.ensemble;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import ornstein.kernel.Block;

/// What a group of leaves gives besides its moments: sketches of the states at the end, and the first paths
/// as they are. Safe for threads.
final class Group {
    private final EnsembleSpec spec;
    private final Sketch[] sketches;
    private final double[] samples;
    private double seconds;

    Group(EnsembleSpec spec, boolean first) {
        this.spec = spec;
        sketches = Stream.generate(Sketch::new).limit(spec.sketched()).toArray(Sketch[]::new);
        samples = new double[first ? spec.samples() * spec.saved().size() * spec.dimension() : 0];
        Arrays.fill(samples, Double.NaN);
    }

    /// Sees a block at a saved time.
    void saved(Block block, int time) {
        if (time == spec.saved().size() - 1) sketch(block);
        sample(block, time);
    }

    /// Sees the first paths alone at a saved time.
    void sample(Block block, int time) {
        if (samples.length == 0) return;
        long from = block.firstPath() - spec.firstPath();
        for (int p = (int) Math.min(from, spec.samples()); p < spec.samples() && p < from + block.paths(); p++) {
            for (int c = 0; c < spec.dimension(); c++) samples[at(p, time, c)] = block.get(c, (int) (p - from));
        }
    }

    private int at(int path, int time, int coordinate) {
        return (path * spec.saved().size() + time) * spec.dimension() + coordinate;
    }

    /// Takes in counts of a page of buckets that were counted elsewhere; see [Sketch#add(int, int[])].
    synchronized void counted(int coordinate, int page, int[] counts) {
        sketches[coordinate].add(page, counts);
    }

    private synchronized void sketch(Block block) {
        for (int c = 0; c < sketches.length; c++) {
            for (int i = 0; i < block.paths(); i++) {
                if (block.failedStep(i) < 0) sketches[c].add(block.get(c, i));
            }
        }
    }

    /// The first path's values, NaN once it has failed; only in the first group.
    double sample(int path, int time, int coordinate) {
        return samples[at(path, time, coordinate)];
    }

    /// Takes in the counts of another group.
    synchronized void merge(Group other) {
        for (int c = 0; c < sketches.length; c++) sketches[c].merge(other.sketches[c]);
        if (other.samples.length == samples.length) System.arraycopy(other.samples, 0, samples, 0, samples.length);
    }

    /// Forgets everything; the memory is used again.
    synchronized void clear() {
        for (Sketch s : sketches) s.clear();
        seconds = 0;
    }

    /// Counts seconds of a thread's work on this group.
    synchronized void spent(double more) {
        seconds += more;
    }

    synchronized double seconds() {
        return seconds;
    }

    Distribution distribution(int coordinate) {
        return new Distribution(sketches[coordinate]);
    }

    void write(DataOutputStream out) throws IOException {
        for (Sketch s : sketches) s.write(out);
        for (double x : samples) out.writeDouble(x);
    }

    void read(DataInputStream in) throws IOException {
        for (int c = 0; c < sketches.length; c++) sketches[c] = Sketch.read(in);
        for (int i = 0; i < samples.length; i++) samples[i] = in.readDouble();
    }
}
