package ornstein.model;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import ornstein.expr.Expr;

/// The data of a loss: named columns of finite numbers, one entry an example. Immutable. Without columns there is
/// one example, which has no data.
public final class Columns {
    /// No columns, one example.
    public static final Columns NONE = new Columns(List.of(), new double[0][], Optional.empty());

    private final List<String> names;
    private final double[][] values;
    private final Optional<String> csv;

    /// @param values one array a column, of equal length
    /// @param csv the file that the columns are read from, as the spec names it
    Columns(List<String> names, double[][] values, Optional<String> csv) {
        this.names = List.copyOf(names);
        this.values = values;
        this.csv = csv;
        for (double[] column : values) {
            if (column.length != values[0].length || column.length == 0) {
                throw new IllegalArgumentException("data columns must have equal lengths, at least 1");
            }
        }
    }

    /// One column that is made by the program.
    public static Columns of(String name, double... entries) {
        return new Columns(List.of(name), new double[][] {entries.clone()}, Optional.empty());
    }

    public List<String> names() {
        return names;
    }

    public List<Expr.Sym> symbols() {
        return names.stream().map(Expr::sym).toList();
    }

    public int examples() {
        return values.length == 0 ? 1 : values[0].length;
    }

    /// A copy of one column.
    public double[] column(int index) {
        return values[index].clone();
    }

    public double value(int column, int example) {
        return values[column][example];
    }

    /// SHA-256 over the names and the bits of all values.
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(String.join(",", names).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            ByteBuffer bits = ByteBuffer.allocate(Double.BYTES);
            for (double[] column : values) {
                for (double v : column) {
                    digest.update(bits.putDouble(0, v).array());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    String canonical() {
        if (names.isEmpty()) {
            return "";
        }
        if (csv.isPresent()) {
            return "data: {csv: \"" + csv.get() + "\"} # sha256 " + sha256() + "\n";
        }
        List<String> columns = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            columns.add(names.get(c) + ": "
                    + Start.list(java.util.Arrays.stream(values[c]).boxed().toList()));
        }
        return "data: {" + String.join(", ", columns) + "}\n";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Columns o
                && names.equals(o.names)
                && csv.equals(o.csv)
                && java.util.Arrays.deepEquals(values, o.values);
    }

    @Override
    public int hashCode() {
        return names.hashCode() + 31 * java.util.Arrays.deepHashCode(values);
    }
}
