package ornstein.kernel;

/// Where the rows of a tile lie. In order: the coordinates, the check row (0 where all was finite, else not a
/// number), a scratch row, the normals and the uniforms of four steps or fewer, and temporaries.
///
/// A step takes `normals` of the stream's positions, so after [#period] steps a whole number of blocks of
/// four is used up; the rows of these steps are made together.
final class Layout {
    /// Rows of words that the generators use: four words of a block; then the indices of the batches.
    static final int WORK_WORDS = 4;

    private final int coordinates;
    private final int normals;
    private final int uniforms;
    private int rows;
    private int words;

    /// @param normals of a step
    /// @param uniforms of a step
    /// @param indices of the examples in all batches of a step
    Layout(int coordinates, int normals, int uniforms, int indices) {
        this.coordinates = coordinates;
        this.normals = normals;
        this.uniforms = uniforms;
        rows = coordinates + 2 + period(normals) * normals + period(uniforms) * uniforms;
        words = WORK_WORDS + indices;
    }

    /// Steps after which a whole number of blocks has been used.
    static int period(int perStep) {
        return perStep % 4 == 0 ? 1 : perStep % 2 == 0 ? 2 : 4;
    }

    int check() {
        return coordinates;
    }

    int scratch() {
        return coordinates + 1;
    }

    int firstNormal() {
        return coordinates + 2;
    }

    int firstUniform() {
        return firstNormal() + period(normals) * normals;
    }

    int indexWords(int slot) {
        return WORK_WORDS + slot;
    }

    /// A new temporary row.
    int newRow() {
        return rows++;
    }

    /// The first of some new rows of words.
    int newWords(int count) {
        words += count;
        return words - count;
    }

    int rows() {
        return rows;
    }

    int words() {
        return words;
    }

    /// Number of the row at a place in a phase: the step number modulo 4.
    int row(Place place, int phase) {
        return switch (place) {
            case Place.Row r -> r.number();
            case Place.Normal z -> normalRow(z.number(), phase);
            case Place.Uniform u -> firstUniform() + phase % period(uniforms) * uniforms + u.number();
            case Place.Index i -> indexWords(i.slot());
            case Place.Words w -> w.number();
        };
    }

    /// Number of the row of a normal of the step in a phase.
    int normalRow(int number, int phase) {
        return firstNormal() + phase % period(normals) * normals + number;
    }
}
