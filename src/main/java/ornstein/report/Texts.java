package ornstein.report;

import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/// Texts from outside (names of files, models, runs), made fit to be shown.
final class Texts {
    private Texts() {}

    /// On one line, without characters that XML forbids or that steer a terminal; those become \ufffd.
    static String line(String text) {
        return replace(text, Character::isWhitespace, ' ');
    }

    /// As [#line], with its line breaks.
    static String lines(String text) {
        return replace(text, c -> c == '\t' || c == '\r', ' ');
    }

    private static String replace(String text, IntPredicate space, int by) {
        return text.codePoints()
                .map(c -> space.test(c) ? by : c == '\n' || isShown(c) ? c : 0xfffd)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static boolean isShown(int c) {
        return !Character.isISOControl(c)
                && Character.getType(c) != Character.SURROGATE
                && Character.getType(c) != Character.UNASSIGNED;
    }
}
