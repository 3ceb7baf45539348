package ornstein.claim;

import java.util.Locale;

/// How large an experiment is: `quick` minutes on two cores, `full` hours, `paper` the size of the source paper.
public enum Scale {
    QUICK,
    FULL,
    PAPER;

    /// The name in commands and files.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
