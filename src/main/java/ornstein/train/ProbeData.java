package ornstein.train;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A probe as arrays by replica.
final class ProbeData implements Probe {
    private final long step;
    private final double[] clock;
    private final double[] norm;
    private final Scores heldOut;
    private final Scores training;
    private final @Nullable GroupSumsData groups;

    ProbeData(
            long step, double[] clock, double[] norm, Scores heldOut, Scores training, @Nullable GroupSumsData groups) {
        this.step = step;
        this.clock = clock;
        this.norm = norm;
        this.heldOut = heldOut;
        this.training = training;
        this.groups = groups;
    }

    /// Entries of a diverged replica become NaN.
    void forget(int replica) {
        clock[replica] = Double.NaN;
        norm[replica] = Double.NaN;
        heldOut.forget(replica);
        training.forget(replica);
        if (groups != null) {
            groups.forget(replica);
        }
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeLong(step);
        Frame.doubles(out, clock);
        Frame.doubles(out, norm);
        heldOut.write(out);
        training.write(out);
        out.writeBoolean(groups != null);
        if (groups != null) {
            groups.write(out);
        }
    }

    private static ProbeData read(DataInputStream in) throws IOException {
        return new ProbeData(
                in.readLong(),
                Frame.doubles(in),
                Frame.doubles(in),
                Scores.read(in),
                Scores.read(in),
                in.readBoolean() ? GroupSumsData.read(in) : null);
    }

    static void writeAll(DataOutputStream out, List<ProbeData> probes) throws IOException {
        out.writeInt(probes.size());
        for (ProbeData probe : probes) {
            probe.write(out);
        }
    }

    static List<ProbeData> readAll(DataInputStream in) throws IOException {
        List<ProbeData> probes = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            probes.add(read(in));
        }
        return probes;
    }

    @Override
    public long step() {
        return step;
    }

    @Override
    public double clock(int replica) {
        return clock[replica];
    }

    @Override
    public double norm(int replica) {
        return norm[replica];
    }

    @Override
    public byte @Nullable [] predictions(int replica) {
        return heldOut.predictions().length == 0 ? null : heldOut.predictions()[replica];
    }

    @Override
    public float @Nullable [] logits(int replica) {
        return heldOut.logits().length == 0 ? null : heldOut.logits()[replica];
    }

    @Override
    public double loss(int replica) {
        return heldOut.loss(replica);
    }

    @Override
    public double accuracy(int replica) {
        return heldOut.accuracy(replica);
    }

    @Override
    public double trainingLoss(int replica) {
        return training.loss(replica);
    }

    @Override
    public double trainingAccuracy(int replica) {
        return training.accuracy(replica);
    }

    @Override
    public @Nullable GroupSums groups() {
        return groups;
    }
}
