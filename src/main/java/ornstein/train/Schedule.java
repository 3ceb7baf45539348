package ornstein.train;

import java.util.List;

/// A piecewise-constant function of the step number, for eta and lambda.
///
/// @param pieces in ascending order, the first from step 0
public record Schedule(List<Piece> pieces) {
    /// `value` from step `from` on, until the next piece.
    public record Piece(long from, double value) {
        public Piece {
            if (from < 0 || !(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(
                        "a schedule needs steps >= 0 and finite values >= 0, not " + value + " from step " + from);
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
