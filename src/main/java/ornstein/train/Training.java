package ornstein.train;

import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import ornstein.spec.UserError;
import ornstein.train.data.Dataset;

/// Trains one group of replicas.
public final class Training {
    private Training() {}

    /// Runs `spec`, or goes on from the checkpoint in `folder`, or only reads the outcome that lies there
    /// finished. To be called from any thread, by many at once for different folders.
    ///
    /// @param folder belongs to this spec alone; made when missing
    /// @param watch told of progress, asked whether to stop
    /// @throws UserError when spec and data do not fit, or the folder holds another spec's files
    public static Outcome run(TrainSpec spec, Dataset data, Path folder, Watch watch) {
        refuseOther(spec, data);
        String owner = Owner.of(spec, data);
        OutcomeData done = OutcomeData.find(folder, owner, spec);
        if (done != null) {
            watch.advanced(spec.steps() * spec.replicas());
            return done;
        }
        Torch.oneThread();
        try (PointerScope _ = new PointerScope()) {
            return new Trainer(spec, data, folder, owner).run(watch);
        }
    }

    /// The network of a spec, with the fixed layers it is trained with: those of the first ancestor for a fork.
    public static Net net(TrainSpec spec) {
        long seed = spec.init() instanceof Init.Fork fork
                ? Snapshot.read(fork.snapshot()).fixedSeed()
                : spec.seed();
        return Net.of(spec.network(), spec.precision(), seed);
    }

    private static void refuseOther(TrainSpec spec, Dataset data) {
        NetworkSpec network = spec.network();
        if (!network.input().equals(data.shape())) {
            int width = data.shape().stream().reduce(1, Math::multiplyExact);
            if (network.input().size() != 1 || network.input().getFirst() != width) {
                throw new UserError("network " + network.name() + " takes inputs of shape " + network.input() + ", but "
                        + data.name() + " has " + data.shape());
            }
        }
        if (network.classes() != data.classes()) {
            throw new UserError("network " + network.name() + " has " + network.classes() + " classes, but "
                    + data.name() + " has " + data.classes());
        }
    }
}
