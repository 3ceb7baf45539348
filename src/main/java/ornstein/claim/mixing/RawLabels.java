package ornstein.claim.mixing;

import java.nio.file.Path;
import java.util.List;
import ornstein.claim.Results;
import ornstein.run.Column;
import ornstein.run.Table;

/// The labels and clocks of all runs as Parquet, a row a run and time: arm, lambda_e, initialisation, step, run,
/// clock, norm, accuracy, and the labels of the held-out inputs in their order, a character each (`0` to `9`, then
/// `a` to `z`; beyond 36 classes the next characters of Unicode).
final class RawLabels {

    private RawLabels() {}

    static void write(Path folder, String name, List<Arm> arms, Results done) {
        List<Column> columns = List.of(
                Column.ofString("arm"),
                Column.ofDouble("lambda_e"),
                Column.ofLong("initialisation"),
                Column.ofLong("step"),
                Column.ofLong("run"),
                Column.ofDouble("clock"),
                Column.ofDouble("norm"),
                Column.ofDouble("accuracy"),
                Column.ofString("labels"));
        try (Table table = Table.createParquet(folder, name, columns)) {
            for (Arm arm : arms) {
                for (double rate : arm.settings().rates()) {
                    rows(table, arm.name(), arm.runs(rate, done));
                }
            }
            table.commit();
        }
    }

    private static void rows(Table table, String arm, Runs runs) {
        for (int a = 0; a < runs.groups().size(); a++) {
            Runs.Group group = runs.groups().get(a);
            for (int t = 0; t < runs.steps().length; t++) {
                for (int run = 0; run < group.runs(); run++) {
                    table.row(
                            arm,
                            runs.lambdaE(),
                            a + 1,
                            runs.steps()[t],
                            run,
                            group.clock()[t][run],
                            group.norm()[t][run],
                            group.accuracy()[t][run],
                            text(group.labels()[t][run]));
                }
            }
        }
    }

    private static String text(byte[] labels) {
        StringBuilder text = new StringBuilder(labels.length);
        for (byte label : labels) {
            text.append((char) (label < 10 ? '0' + label : 'a' + label - 10));
        }
        return text.toString();
    }
}
