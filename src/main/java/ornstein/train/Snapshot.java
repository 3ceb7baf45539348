package ornstein.train;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.pytorch.Tensor;
import ornstein.spec.UserError;

/// The weights of a group of replicas at one step, in a file.
public final class Snapshot {
    private static final String KIND = "snapshot";

    private final String network;
    private final long fixedSeed;
    private final long step;
    private final long firstReplica;
    private final double[][] theta;

    /// @param network what the weights belong to ([#network])
    /// @param fixedSeed seed that drew the fixed layers
    /// @param step updates since the very start, over all forks
    /// @param firstReplica number of the first row
    /// @param theta `[R][P]`
    Snapshot(String network, long fixedSeed, long step, long firstReplica, double[][] theta) {
        this.network = network;
        this.fixedSeed = fixedSeed;
        this.step = step;
        this.firstReplica = firstReplica;
        this.theta = theta;
    }

    /// What identifies a network in a snapshot: all of its spec but the name.
    static String network(NetworkSpec spec) {
        return spec.input() + " " + spec.classes() + " " + spec.layers();
    }

    /// Refuses the weights of another network.
    void refuseOther(NetworkSpec spec, Path file) {
        if (!network.equals(network(spec))) {
            throw new UserError(file + " holds weights of another network than " + spec.name()
                    + "; fork with the network that was trained");
        }
    }

    /// Seed that drew the fixed layers: [Net#of] needs it.
    public long fixedSeed() {
        return fixedSeed;
    }

    /// Updates since the very start, over all forks.
    public long step() {
        return step;
    }

    /// Number of the replica in row 0.
    public long firstReplica() {
        return firstReplica;
    }

    public int replicas() {
        return theta.length;
    }

    /// The row of a replica by its number, `[P]`. Shared.
    public double[] theta(long replica) {
        long row = replica - firstReplica;
        if (row < 0 || row >= theta.length) {
            throw new UserError("replica " + replica + " is not in this snapshot of replicas " + firstReplica + " to "
                    + (firstReplica + theta.length - 1));
        }
        return theta[(int) row];
    }

    /// All rows, `[R][P]`. Shared.
    public double[][] theta() {
        return theta;
    }

    /// All rows as a tensor `[R, P]`.
    public Tensor tensor(Precision precision) {
        return Torch.of(precision, flat(), theta.length, theta[0].length);
    }

    private double[] flat() {
        int width = theta[0].length;
        double[] flat = new double[Math.multiplyExact(theta.length, width)];
        for (int r = 0; r < theta.length; r++) {
            System.arraycopy(theta[r], 0, flat, r * width, width);
        }
        return flat;
    }

    void write(Path file, String owner) {
        Frame.write(file, KIND, owner, out -> {
            out.writeUTF(network);
            out.writeLong(fixedSeed);
            out.writeLong(step);
            out.writeLong(firstReplica);
            Frame.table(out, theta);
        });
    }

    /// @throws UserError when there is no such file, or it is none of ours or damaged
    public static Snapshot read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserError("there are no saved weights in " + file + "; name a snapshot-STEP.bin");
        }
        return Frame.read(file, KIND, in -> {
            in.readUTF();
            return new Snapshot(in.readUTF(), in.readLong(), in.readLong(), in.readLong(), Frame.table(in));
        });
    }
}
