package ornstein.kernel;

import java.util.List;

/// A general power, by `StrictMath.pow` in every back end: slow, and the same everywhere.
final class PowerStage implements Stage {
    private final int[][] offsets;
    final List<Place> places;

    /// @param places of base, exponent and result
    /// @param offsets of these, by phase
    PowerStage(List<Place> places, int[][] offsets) {
        this.places = List.copyOf(places);
        this.offsets = offsets;
    }

    @Override
    public void run(Tile t, int phase) {
        int[] at = offsets[phase];
        for (int i = 0; i < t.count; i++) {
            if (t.f32.length > 0) {
                t.f32[at[2] + i] = (float) StrictMath.pow(t.f32[at[0] + i], t.f32[at[1] + i]);
            } else {
                t.f64[at[2] + i] = StrictMath.pow(t.f64[at[0] + i], t.f64[at[1] + i]);
            }
        }
    }
}
