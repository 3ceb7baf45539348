package ornstein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ornstein.spec.UserError;
import ornstein.train.Init;
import ornstein.train.Scale;
import ornstein.train.Snapshot;
import picocli.CommandLine.Option;

/// The weights that replicas start from.
final class StartOptions {
    @Option(
            names = "--init",
            split = ",",
            paramLabel = "J",
            description = "Numbers of the initialisations, each with its own weights (default: 0).")
    private List<Integer> inits = List.of(0);

    @Option(names = "--own-init", description = "Other initial weights for every replica.")
    private boolean ownInit;

    @Option(
            names = "--norm",
            paramLabel = "N",
            description = "Initial length of the scale-invariant parameters; x0.5 = half the natural (default: x1).")
    private String norm = "x1";

    @Option(names = "--fork-from", paramLabel = "FILE", description = "Start from saved weights (snapshot-STEP.bin).")
    private @Nullable Path forkFrom;

    @Option(
            names = "--fork-replica",
            paramLabel = "N",
            description = "Which replica of them all start from, by its number (default: the first).")
    private @Nullable Long forkReplica;

    /// The numbers of the initialisations.
    List<Integer> numbers() {
        return inits;
    }

    /// The initialisations, at least one.
    ///
    /// @throws UserError if options do not fit together
    List<Init> starts() {
        if (forkFrom != null) {
            if (!inits.equals(List.of(0)) || ownInit || !norm.equals("x1")) {
                throw new UserError("--fork-from gives the weights: leave out --init, --own-init and --norm");
            }
            long replica = forkReplica == null ? Snapshot.read(forkFrom).firstReplica() : Math.max(0, forkReplica);
            return List.of(new Init.Fork(forkFrom, replica));
        }
        if (forkReplica != null) {
            throw new UserError("--fork-replica needs --fork-from");
        }
        Scale scale = scale();
        if (inits.stream().distinct().count() < inits.size()) {
            throw new UserError("--init names an initialisation twice: " + inits);
        }
        List<Init> starts = new ArrayList<>();
        for (int number : inits) {
            starts.add(ownInit ? new Init.PerReplica(number, scale) : new Init.Shared(number, scale));
        }
        return starts;
    }

    private Scale scale() {
        try {
            return norm.startsWith("x")
                    ? new Scale.Factor(Double.parseDouble(norm.substring(1)))
                    : new Scale.Absolute(Double.parseDouble(norm));
        } catch (NumberFormatException e) {
            throw new UserError("--norm is a length such as 2.5, or a factor such as x0.5, not " + norm, e);
        }
    }
}
