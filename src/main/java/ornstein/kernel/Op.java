package ornstein.kernel;

/// The operations of the intermediate form. Integers have the width of the reals: 32 bits in single, 64 in double
/// precision. Each means the same, bit for bit, in every back end.
enum Op {
    /// A number, or an integer, the same for all lanes.
    CONSTANT(Kind.REAL),
    WHOLE(Kind.INT),
    /// Element i of a row; of a row of words, sign-extended.
    ROW(Kind.REAL),
    WORDS(Kind.INT),
    /// A number of the array of shared numbers, the same for all lanes.
    SHARED(Kind.REAL),
    /// The entry of a data column at the loop's index, the same for all lanes; at the index in element i of a row of
    /// words.
    COLUMN(Kind.REAL),
    GATHER(Kind.REAL),

    ADD(Kind.REAL),
    SUB(Kind.REAL),
    MUL(Kind.REAL),
    DIV(Kind.REAL),
    /// a * b + c, rounded once.
    FMA(Kind.REAL),
    NEG(Kind.REAL),
    ABS(Kind.REAL),
    SQRT(Kind.REAL),
    /// As `Math.min` and `Math.max`.
    MIN(Kind.REAL),
    MAX(Kind.REAL),
    /// The integer as a real; single precision only.
    TO_REAL(Kind.REAL),
    /// Bits of a real, and back.
    TO_BITS(Kind.INT),
    FROM_BITS(Kind.REAL),

    IADD(Kind.INT),
    ISUB(Kind.INT),
    IAND(Kind.INT),
    IOR(Kind.INT),
    IXOR(Kind.INT),
    /// Shifts by a constant: left, and right with the sign.
    ISHL(Kind.INT),
    ISHR(Kind.INT),

    LT(Kind.MASK),
    LE(Kind.MASK),
    EQ(Kind.MASK),
    ILT(Kind.MASK),
    IEQ(Kind.MASK),
    AND(Kind.MASK),
    /// The second argument where the first is true, else the third.
    SELECT(Kind.REAL);

    /// What a value is.
    enum Kind {
        REAL,
        INT,
        MASK
    }

    final Kind kind;

    Op(Kind kind) {
        this.kind = kind;
    }

    boolean isLeaf() {
        return compareTo(GATHER) <= 0;
    }
}
