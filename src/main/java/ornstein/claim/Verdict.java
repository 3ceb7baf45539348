package ornstein.claim;

import java.util.Locale;

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

    /// The name in JSON, tables and files, such as `not-reproduced`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
