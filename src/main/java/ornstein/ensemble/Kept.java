package ornstein.ensemble;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import ornstein.kernel.Block;
import ornstein.run.Column;
import ornstein.run.Table;

/// The states of all paths at the saved times, as Parquet files of one leaf each, `paths/leaf-NNNNNN.parquet`, with
/// the columns `path`, `step` and the model's coordinates; a failed path's are missing.
public final class Kept implements AutoCloseable {
    private final Path folder;
    private final EnsembleSpec spec;
    private final List<Column> columns = new ArrayList<>();
    private final Map<Long, Table> open = new ConcurrentHashMap<>();

    /// @param folder of the run
    public Kept(Path folder, EnsembleSpec spec) {
        this.folder = folder.resolve("paths");
        this.spec = spec;
        columns.add(Column.ofLong("path"));
        columns.add(Column.ofLong("step"));
        spec.step().state().forEach(s -> columns.add(Column.ofDouble("state." + s.name())));
    }

    void saved(long leaf, Block block, int time) {
        Table table = open.computeIfAbsent(leaf, this::create);
        for (int i = 0; i < block.paths(); i++) {
            @Nullable Object[] row = new Object[columns.size()];
            row[0] = block.firstPath() + i;
            row[1] = spec.saved().get(time);
            for (int c = 0; c + 2 < row.length; c++) row[c + 2] = block.get(c, i);
            table.row(row);
        }
    }

    private Table create(long leaf) {
        return Table.createParquet(folder, String.format(Locale.ROOT, "leaf-%06d", leaf), columns);
    }

    /// A leaf is complete.
    void finish(long leaf) {
        Table table = open.remove(leaf);
        if (table == null) throw new IllegalStateException("leaf " + leaf + " was not seen");
        table.commit();
        table.close();
    }

    /// Discards what is not complete.
    @Override
    public void close() {
        open.values().forEach(Table::close);
    }
}
