package ornstein.expr;

import ornstein.spec.UserError;

/// A place in a text, moved on by what is found there, and the errors that point at it.
final class Cursor {
    private final String text;
    private final String place;
    private int at;

    /// @param place where the text stands, the start of every error message
    Cursor(String text, String place) {
        this.text = text;
        this.place = place;
    }

    /// The position of the next character that is not blank.
    int position() {
        skipBlanks();
        return at;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /// The character here, 0 at the end.
    private char current() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    /// The next character that is not blank, 0 at the end.
    char peek() {
        skipBlanks();
        return current();
    }

    /// Moves behind a character if it comes next.
    boolean take(char c) {
        if (peek() != c || at == text.length()) {
            return false;
        }
        at++;
        return true;
    }

    void expect(char c) {
        if (!take(c)) {
            throw unexpected("'" + c + "'");
        }
    }

    boolean atEnd() {
        return position() == text.length();
    }

    boolean atNumber() {
        return isDigit(peek()) || peek() == '.';
    }

    boolean atName() {
        return isLetter(peek());
    }

    /// Moves behind a name: letters, digits and `_`, no digit first.
    String name() {
        int start = position();
        while (isLetter(current()) || isDigit(current())) {
            at++;
        }
        return text.substring(start, at);
    }

    /// Moves behind a number: digits, a point and digits, an exponent.
    double number() {
        int start = position();
        digits();
        if (current() == '.') {
            at++;
            digits();
        }
        if (current() == 'e' || current() == 'E') {
            at++;
            if (current() == '+' || current() == '-') {
                at++;
            }
            if (!isDigit(current())) {
                throw error(at, "a number ends with 'e' without an exponent");
            }
            digits();
        }
        if (isLetter(current())) {
            throw error(at, "a name follows a number; multiplication is written with '*'");
        }
        return value(text.substring(start, at), start);
    }

    private void digits() {
        while (isDigit(current())) {
            at++;
        }
    }

    private double value(String literal, int start) {
        if (literal.equals(".")) {
            throw error(start, "expected a number, found '.'");
        }
        double value = Double.parseDouble(literal);
        if (!Double.isFinite(value)) {
            throw error(start, "the number " + shown(literal) + " is too large for double precision");
        }
        if (value == 0 && !literal.matches("[0.]+([eE].*)?")) {
            throw error(start, "the number " + shown(literal) + " is too small for double precision");
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    /// The error where something else was expected next.
    UserError unexpected(String expected) {
        skipBlanks();
        String found = at == text.length() ? "the end" : shown(text.substring(at, at + 1));
        return error(at, "expected " + expected + ", found " + found);
    }

    /// The error at a position: the place, the message, the line of text, and a mark below the character.
    UserError error(int position, String message) {
        int lineStart = text.lastIndexOf('\n', position - 1) + 1;
        int lineEnd = text.indexOf('\n', position) < 0 ? text.length() : text.indexOf('\n', position);
        long line =
                1 + text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
        int from = Math.max(lineStart, position - 40);
        int to = Math.max(from, Math.min(lineEnd, position + 30));
        String where = (line > 1 ? "line " + line + ", " : "") + "column " + (position - lineStart + 1);
        return new UserError(place + ": " + message + " (" + where + " of the expression)\n  "
                + printable(text.substring(from, to)) + "\n  " + " ".repeat(position - from) + "^");
    }

    /// A piece of the text for a message: short, printable, in quotes.
    static String shown(String s) {
        return "'" + printable(s.length() > 40 ? s.substring(0, 40) + "..." : s) + "'";
    }

    /// Printable ASCII as it is, everything else as '?', or as its code where it stands alone.
    private static String printable(String s) {
        if (s.length() == 1 && (s.charAt(0) < ' ' || s.charAt(0) > '~')) {
            return "U+%04X".formatted((int) s.charAt(0));
        }
        return s.chars()
                .map(c -> c < ' ' || c > '~' ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
