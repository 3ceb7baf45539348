package ornstein.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import ornstein.cli.TrainResult.Mean;
import ornstein.cli.TrainResult.Part;
import ornstein.cli.TrainResult.Quantity;
import ornstein.cli.TrainResult.Saved;
import ornstein.cli.TrainResult.Start;
import ornstein.run.Column;
import ornstein.run.Table;
import ornstein.train.Group;
import ornstein.train.GroupSums;
import ornstein.train.Probe;
import ornstein.train.TrainSpec;
import ornstein.train.Training;

/// The tables of a training run: `results` (means), `replicas.parquet` (every replica) and, when asked for, `groups`.
final class TrainTables {
    private final TrainResult result;
    private final TrainSpec spec;

    private TrainTables(TrainResult result) {
        this.result = result;
        spec = result.spec();
    }

    static void write(Path folder, TrainResult result) {
        TrainTables tables = new TrainTables(result);
        tables.writeMeans(folder);
        tables.writeReplicas(folder);
        if (result.spec().probes().groups()) {
            tables.writeGroups(folder);
        }
        if (result.spec().probes().logits()) {
            tables.writePredictions(folder);
        }
    }

    /// The state in function space: one row a replica, saved step and held-out example.
    private void writePredictions(Path folder) {
        int classes = spec.network().classes();
        List<Column> columns = new ArrayList<>(List.of(
                Column.ofLong("init"),
                Column.ofLong("step"),
                Column.ofLong("replica"),
                Column.ofLong("example"),
                Column.ofLong("prediction")));
        IntStream.range(0, classes).forEach(k -> columns.add(Column.ofDouble("logit_" + k)));
        try (Table table = Table.createParquet(folder, "predictions", columns)) {
            for (Start start : result.starts()) {
                start.groups().forEach(part -> writePredictions(table, classes, start.number(), part));
            }
            table.commit();
        }
    }

    private static void writePredictions(Table table, int classes, int init, Part part) {
        for (Probe probe : part.outcome().probes()) {
            for (int r = 0; r < part.outcome().replicas(); r++) {
                byte[] predictions = Objects.requireNonNull(probe.predictions(r));
                float[] logits = Objects.requireNonNull(probe.logits(r));
                for (int i = 0; i < predictions.length; i++) {
                    List<@Nullable Object> row = new ArrayList<>(List.of(
                            init, probe.step(), part.firstReplica() + r, i, Byte.toUnsignedInt(predictions[i])));
                    if (predictions[i] < 0) {
                        row.set(4, null);
                    }
                    for (int k = 0; k < classes; k++) {
                        row.add((double) logits[i * classes + k]);
                    }
                    table.row(row.toArray());
                }
            }
        }
    }

    private void writeMeans(Path folder) {
        List<Column> columns =
                new ArrayList<>(List.of(Column.ofLong("init"), Column.ofLong("step"), Column.ofLong("replicas")));
        for (Quantity quantity : Quantity.values()) {
            columns.add(Column.ofDouble(quantity.column));
            columns.add(Column.ofDouble(quantity.column + "_se"));
        }
        try (Table table = Table.create(folder, "results", columns)) {
            for (Saved s : result.saved()) {
                List<@Nullable Object> row = new ArrayList<>(List.of(s.init(), s.step(), s.replicas()));
                for (Mean mean : s.values().values()) {
                    row.add(mean.mean());
                    row.add(mean.se());
                }
                table.row(row.toArray());
            }
            table.commit();
        }
    }

    private void writeReplicas(Path folder) {
        List<Column> columns =
                new ArrayList<>(List.of(Column.ofLong("init"), Column.ofLong("step"), Column.ofLong("replica")));
        for (Quantity quantity : Quantity.values()) {
            columns.add(Column.ofDouble(quantity.column));
        }
        try (Table table = Table.createParquet(folder, "replicas", columns)) {
            for (Start start : result.starts()) {
                start.groups().forEach(part -> writeReplicas(table, start.number(), part));
            }
            table.commit();
        }
    }

    private static void writeReplicas(Table table, int init, Part part) {
        for (Probe probe : part.outcome().probes()) {
            for (int r = 0; r < part.outcome().replicas(); r++) {
                List<@Nullable Object> row = new ArrayList<>(List.of(init, probe.step(), part.firstReplica() + r));
                for (Quantity quantity : Quantity.values()) {
                    row.add(quantity.of.applyAsDouble(probe, r));
                }
                table.row(row.toArray());
            }
        }
    }

    /// One row a group and saved step: means over replicas, and over the steps since the last saved one. At
    /// equilibrium the ratio sqrt(mean |w|^2 / mean |g|^2) is sqrt(eta / (2 lambda)) and the rotation sqrt(2
    /// eta lambda).
    private void writeGroups(Path folder) {
        List<Group> groups = Training.net(spec).groups();
        List<Column> columns = List.of(
                Column.ofLong("init"),
                Column.ofLong("step"),
                Column.ofString("group"),
                Column.ofDouble("norm2"),
                Column.ofDouble("mean_norm2"),
                Column.ofDouble("mean_gradient2"),
                Column.ofDouble("ratio"),
                Column.ofDouble("rms_rotation"));
        try (Table table = Table.create(folder, "groups", columns)) {
            for (Start start : result.starts()) {
                for (int p = 0; p < spec.probes().steps().size(); p++) {
                    for (int j = 0; j < groups.size(); j++) {
                        table.row(groupRow(start, p, groups.get(j), j));
                    }
                }
            }
            table.commit();
        }
    }

    private @Nullable Object[] groupRow(Start start, int p, Group group, int j) {
        double[] sum = new double[4];
        double steps = 0;
        long replicas = 0;
        for (Part part : start.groups()) {
            GroupSums sums = part.outcome().probes().get(p).groups();
            for (int r = 0; sums != null && r < part.outcome().replicas(); r++) {
                if (Double.isFinite(sums.norm2(r, j))) {
                    sum[0] += sums.norm2(r, j);
                    sum[1] += sums.sumNorm2(r, j);
                    sum[2] += sums.sumGradient2(r, j);
                    sum[3] += sums.sumRotation2(r, j);
                    steps += sums.steps();
                    replicas++;
                }
            }
        }
        return new @Nullable Object[] {
            start.number(),
            spec.probes().steps().get(p),
            group.name(),
            sum[0] / replicas,
            sum[1] / steps,
            sum[2] / steps,
            Math.sqrt(sum[1] / sum[2]),
            Math.sqrt(sum[3] / steps)
        };
    }
}
