package ornstein.train;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Sums as a table: a row for each [Quantity], in it replica by replica the groups.
final class GroupSumsData implements GroupSums {
    /// The rows of the table.
    enum Quantity {
        NORM,
        GRADIENT,
        STEP,
        RATIO,
        ZERO,
        ROTATION,
        /// Not a sum: |w|^2 now.
        NOW
    }

    private final long steps;
    private final int groups;
    private final Map<Quantity, double[]> table;

    GroupSumsData(long steps, int groups, Map<Quantity, double[]> table) {
        this.steps = steps;
        this.groups = groups;
        this.table = table;
    }

    static GroupSumsData read(DataInputStream in) throws IOException {
        long steps = in.readLong();
        int groups = in.readInt();
        Map<Quantity, double[]> table = new EnumMap<>(Quantity.class);
        for (Quantity quantity : Quantity.values()) {
            table.put(quantity, Frame.doubles(in));
        }
        return new GroupSumsData(steps, groups, table);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(steps);
        out.writeInt(groups);
        for (Quantity quantity : Quantity.values()) {
            Frame.doubles(out, row(quantity));
        }
    }

    /// Entries of a diverged replica become NaN.
    void forget(int replica) {
        for (double[] row : table.values()) {
            Arrays.fill(row, replica * groups, (replica + 1) * groups, Double.NaN);
        }
    }

    @Override
    public long steps() {
        return steps;
    }

    private double[] row(Quantity quantity) {
        return Objects.requireNonNull(table.get(quantity));
    }

    private double get(Quantity quantity, int replica, int group) {
        Objects.checkIndex(group, groups);
        return row(quantity)[replica * groups + group];
    }

    @Override
    public double norm2(int replica, int group) {
        return get(Quantity.NOW, replica, group);
    }

    @Override
    public double sumNorm2(int replica, int group) {
        return get(Quantity.NORM, replica, group);
    }

    @Override
    public double sumGradient2(int replica, int group) {
        return get(Quantity.GRADIENT, replica, group);
    }

    @Override
    public double sumStep2(int replica, int group) {
        return get(Quantity.STEP, replica, group);
    }

    @Override
    public double sumRatio2(int replica, int group) {
        return get(Quantity.RATIO, replica, group);
    }

    @Override
    public long zeroGradients(int replica, int group) {
        return (long) get(Quantity.ZERO, replica, group);
    }

    @Override
    public double sumRotation2(int replica, int group) {
        return get(Quantity.ROTATION, replica, group);
    }
}
