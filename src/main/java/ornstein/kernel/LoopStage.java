package ornstein.kernel;

import java.util.List;

/// A loop over examples: sums start at 0, then the body adds to them once for each example.
final class LoopStage implements Stage {
    final int[] sums;
    final int count;
    final int firstIndex;
    final int current;
    final int currentNormal;
    private final Layout layout;
    final List<Stage> body;

    /// @param sums rows of the sums
    /// @param firstIndex row of words with the indices of the first example; -1 for a loop over all the data
    /// @param current row of words in which the body finds the indices of its example
    /// @param currentNormal row in which the body finds the normal of its example; -1 if it takes none
    LoopStage(int[] sums, int count, int firstIndex, int current, int currentNormal, Layout layout, List<Stage> body) {
        this.sums = sums;
        this.count = count;
        this.firstIndex = firstIndex;
        this.current = current;
        this.currentNormal = currentNormal;
        this.layout = layout;
        this.body = List.copyOf(body);
    }

    @Override
    public void run(Tile t, int phase) {
        for (int row : sums) t.fill(row, 0);
        for (int n = 0; n < count; n++) {
            t.index = n;
            if (firstIndex >= 0) {
                System.arraycopy(t.words, (firstIndex + n) * t.stride, t.words, current * t.stride, t.count);
            }
            if (currentNormal >= 0) t.copy(layout.normalRow(n, phase), currentNormal);
            for (int s = 0; s < body.size(); s++) body.get(s).run(t, phase);
        }
    }
}
