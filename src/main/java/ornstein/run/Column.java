package ornstein.run;

import org.jspecify.annotations.Nullable;

/// A column of a [Table]: its name (the header in CSV, the field in Parquet) and the type of its cells.
public record Column(String name, Type type) {
    /// Cells of any type may be missing.
    public enum Type {
        LONG,
        DOUBLE,
        STRING
    }

    public Column {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a column needs a name");
        }
    }

    public static Column ofLong(String name) {
        return new Column(name, Type.LONG);
    }

    public static Column ofDouble(String name) {
        return new Column(name, Type.DOUBLE);
    }

    public static Column ofString(String name) {
        return new Column(name, Type.STRING);
    }

    /// The cell as Long, Double or String; a number that is not finite is missing: null.
    @Nullable Object cell(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Long n when type == Type.LONG -> n;
            case Integer n when type == Type.LONG -> n.longValue();
            case Number x when type == Type.DOUBLE -> Double.isFinite(x.doubleValue()) ? x.doubleValue() : null;
            case String s when type == Type.STRING -> s;
            default ->
                throw new IllegalArgumentException("column " + name + " holds " + type + ", not "
                        + value.getClass().getSimpleName() + " " + value);
        };
    }
}
