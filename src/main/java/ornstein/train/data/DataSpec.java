package ornstein.train.data;

import java.util.List;

/// Which data set, and how much of it.
///
/// @param name `synthetic`, `mnist`, `fashion-mnist` or `cifar-10`
/// @param train number of training examples: the first ones in file order (`synthetic`: how many are made); 0 = all
///     (`synthetic`: 4096)
/// @param heldOut number of held-out examples, likewise; 0 = all (`synthetic`: 200)
/// @param seed what `synthetic` is made from; the others ignore it
public record DataSpec(String name, int train, int heldOut, long seed) {
    public static final List<String> NAMES = List.of("synthetic", "mnist", "fashion-mnist", "cifar-10");

    public DataSpec {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no data set \"" + name + "\"; there are " + String.join(", ", NAMES));
        }
        if (train < 0 || train > LIMIT || heldOut < 0 || heldOut > LIMIT) {
            throw new IllegalArgumentException(
                    "numbers of examples lie in 0.." + LIMIT + " (0 = all), not " + train + " and " + heldOut);
        }
    }

    private static final int LIMIT = 1_000_000;

    /// The whole data set with its default numbers.
    public static DataSpec of(String name) {
        return new DataSpec(name, 0, 0, 1);
    }
}
