package ornstein.train;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A piecewise-constant function of the step number, for eta and lambda.
///
/// @param pieces in ascending order, the first from step 0
public record Schedule(List<Piece> pieces) {
    private static final Pattern PIECE =
            Pattern.compile("(?:(\\d{1,18}):)?(-?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)");

    /// `value` from step `from` on, until the next piece.
    public record Piece(long from, double value) {
        public Piece {
            if (from < 0 || !(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(
                        "learning rate and weight decay are at least 0, not " + value + " (from step " + from + ")");
            }
        }
    }

    public Schedule {
        pieces = List.copyOf(pieces);
        if (pieces.isEmpty() || pieces.getFirst().from() != 0) {
            throw new IllegalArgumentException("a schedule starts at step 0");
        }
        for (int i = 1; i < pieces.size(); i++) {
            if (pieces.get(i).from() <= pieces.get(i - 1).from()) {
                throw new IllegalArgumentException("a schedule's steps ascend: "
                        + pieces.get(i - 1).from() + " is followed by "
                        + pieces.get(i).from());
            }
        }
    }

    public static Schedule constant(double value) {
        return new Schedule(List.of(new Piece(0, value)));
    }

    /// Reads `VALUE` or `VALUE,STEP:VALUE,...`, such as `0.1,5000:0.01`.
    public static Schedule parse(String text) {
        List<Piece> pieces = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher piece = PIECE.matcher(part.strip());
            if (!piece.matches() || pieces.isEmpty() != (piece.group(1) == null)) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no schedule; write VALUE or VALUE,STEP:VALUE,... such as 0.1,5000:0.01");
            }
            long from = pieces.isEmpty() ? 0 : Long.parseLong(piece.group(1));
            pieces.add(new Piece(from, Double.parseDouble(piece.group(2))));
        }
        return new Schedule(pieces);
    }

    /// As [#parse] reads it.
    public String text() {
        return pieces.stream()
                .map(p -> p.from() == 0 ? "" + p.value() : p.from() + ":" + p.value())
                .collect(Collectors.joining(","));
    }

    /// The value in force at a step, step 0 being the first.
    public double at(long step) {
        double value = pieces.getFirst().value();
        for (Piece piece : pieces) {
            if (piece.from() > step) {
                break;
            }
            value = piece.value();
        }
        return value;
    }
}
