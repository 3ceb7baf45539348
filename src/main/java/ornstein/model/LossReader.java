package ornstein.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ornstein.expr.Expr;
import ornstein.spec.Counted;
import ornstein.spec.YamlNode;
import ornstein.spec.YamlNode.Entry;
import ornstein.spec.YamlNode.Mapping;

/// Reads models of kind `loss`.
final class LossReader {
    private LossReader() {}

    /// @param folder the spec's folder, below which csv files lie
    static LossModel read(Mapping spec, Map<String, Double> overrides, Path folder) {
        spec.allow("kind", "name", "about", "cite", "parameters", "state", "data", "loss", "start", "observables");
        ModelReader reader = new ModelReader(spec, overrides);
        List<Expr.Sym> state = reader.state();
        List<String> withoutData = reader.names();
        YamlNode node = spec.find("data");
        Columns data = node == null || node.isNull() ? Columns.NONE : data(node.asMapping(), folder);
        for (String name : data.names()) {
            YamlNode at = node == null ? spec : node;
            reader.declare(name, "data column", new Entry(name, at.place(), at));
        }
        return new LossModel(
                reader.header(),
                state,
                data,
                ModelReader.expression(spec.get("loss"), "loss", reader.names()),
                reader.start(state.size()),
                reader.observables(withoutData));
    }

    private static Columns data(Mapping node, Path folder) {
        if (node.find("csv") instanceof YamlNode.Scalar file) {
            node.allow("csv");
            return Csv.read(folder, file.asText(), file.place());
        }
        List<Entry> entries = ModelReader.limited(node.entries(), node, "columns");
        if (entries.isEmpty()) {
            throw node.place().error("data has no columns; leave the key out for a loss of one example");
        }
        List<String> names = new ArrayList<>();
        double[][] values = new double[entries.size()][];
        for (int c = 0; c < values.length; c++) {
            Entry column = entries.get(c);
            names.add(column.key());
            values[c] = column.value().asDoubles();
            if (values[c].length != values[0].length || values[c].length == 0) {
                throw column.place()
                        .error("column " + column.key() + " has " + Counted.of(values[c].length, "entry", "entries")
                                + (c == 0
                                        ? "; at least 1 is needed"
                                        : "; column " + names.get(0) + " has " + values[0].length));
            }
        }
        return new Columns(names, values, Optional.empty());
    }
}
