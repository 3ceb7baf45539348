package ornstein.kernel;

/// The shared numbers that change with the step, and their values for one tile.
final class Stepwise {
    private final int[] slots;
    private final int[] places;
    private final Tape tape;
    private double[] table = new double[0];

    Stepwise(Shared shared) {
        slots = shared.stepwise();
        places = new int[slots.length];
        tape = shared.tape(slots, places);
    }

    /// Puts the numbers of one step into a tile.
    void set(Tile tile, double time, long step) {
        if (slots.length == 0) return;
        double[] numbers = tape.at(time, step);
        for (int k = 0; k < slots.length; k++) tile.shared(slots[k], numbers[places[k]]);
    }

    /// Computes the numbers of steps `first .. first + steps - 1`, for [#set(Tile,int)].
    void prepare(double stepSize, long first, int steps) {
        if (table.length < slots.length * steps) table = new double[slots.length * steps];
        for (int s = 0; s < steps && slots.length > 0; s++) {
            double[] numbers = tape.at((first + s) * stepSize, first + s);
            for (int k = 0; k < slots.length; k++) table[s * slots.length + k] = numbers[places[k]];
        }
    }

    /// Puts the numbers of step `s` of those prepared into a tile.
    void set(Tile tile, int s) {
        for (int k = 0; k < slots.length; k++) tile.shared(slots[k], table[s * slots.length + k]);
    }
}
