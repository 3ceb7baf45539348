package ornstein.claim;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/// What an experiment says about a claim.
public enum Verdict {
    /// Every prediction holds.
    REPRODUCED,
    /// The main prediction holds, another does not.
    PARTIAL,
    /// The main prediction is refuted.
    NOT_REPRODUCED,
    /// Too few runs to say; the result tells how many it would take.
    UNDECIDED,
    /// The experiment was not done.
    NOT_RUN;

    /// The verdict where a claim stands and falls with its main predictions: one of them refuted refutes it; a
    /// prediction that is undecided leaves it undecided.
    public static Verdict of(List<Prediction> main, List<Prediction> others) {
        if (main.stream().anyMatch(p -> Objects.equals(p.holds(), false))) {
            return NOT_REPRODUCED;
        }
        if (Stream.concat(main.stream(), others.stream()).anyMatch(p -> p.holds() == null)) {
            return UNDECIDED;
        }
        return others.stream().allMatch(p -> Objects.equals(p.holds(), true)) ? REPRODUCED : PARTIAL;
    }

    /// Runs that would decide every open prediction; 0 where this verdict is decided, or more runs do not help.
    public long runsNeeded(List<Prediction> predictions) {
        return this == UNDECIDED
                ? predictions.stream().mapToLong(Prediction::runsNeeded).max().orElse(0)
                : 0;
    }

    /// The name in JSON, tables and files, such as `not-reproduced`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
