package ornstein.train;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.file.Path;

/// Where training starts.
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
public sealed interface Init {
    /// Random weights, the same for all replicas.
    ///
    /// @param number which random weights: the direction is a function of the seed and this number
    /// @param scale length of the scale-invariant parameters
    record Shared(int number, Scale scale) implements Init {
        public Shared {
            checkNumber(number);
        }
    }

    /// Random weights of its own for each replica (a function of the seed, `number` and the replica's number).
    record PerReplica(int number, Scale scale) implements Init {
        public PerReplica {
            checkNumber(number);
        }
    }

    /// The weights of one replica of a saved state; momentum starts at 0. The replicas are siblings: same weights,
    /// independent noise by their replica numbers.
    ///
    /// @param snapshot file written by an earlier run ([Outcome#snapshot])
    /// @param replica which replica of that file, by its number in that run; -1 = replica r starts from replica r
    record Fork(Path snapshot, long replica) implements Init {
        public Fork {
            if (replica < -1) {
                throw new IllegalArgumentException("replica " + replica + " to fork from");
            }
        }
    }

    private static void checkNumber(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("initialisations are numbered from 0, not " + number);
        }
    }
}
