package ornstein.spec;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// The known name that was probably meant by an unknown one.
public final class Nearest {
    private Nearest() {}

    /// The candidate of least edit distance to `word`, if at most half of its letters (at least 2) differ; of
    /// equal ones the first.
    public static Optional<String> to(String word, Collection<String> candidates) {
        String best = null;
        int least = Math.max(2, word.length() / 2) + 1;
        for (String candidate : candidates) {
            int d = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (d < least && d < Math.max(word.length(), candidate.length())) {
                least = d;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /// `; did you mean "eta"?` followed by all candidates where they are few: the end of a message on an unknown name.
    public static String hint(String word, Collection<String> candidates) {
        String guess =
                to(word, candidates).map(n -> "; did you mean \"" + n + "\"?").orElse("");
        if (candidates.isEmpty() || candidates.size() > 40) {
            return guess;
        }
        return guess + (guess.isEmpty() ? "; known: " : " Known: ") + String.join(", ", candidates);
    }

    /// Edit distance with insertion, deletion, replacement and exchange of neighbours (optimal string alignment).
    static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] spare = before;
            before = previous;
            previous = row;
            row = spare;
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
                boolean exchanged =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (exchanged) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
        }
        return row[b.length()];
    }
}
