package ornstein.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ornstein.expr.Expr;
import ornstein.expr.ExprException;
import ornstein.spec.Counted;
import ornstein.spec.YamlNode;
import ornstein.spec.YamlNode.Mapping;

/// Reads models of kind `sde`.
final class SdeReader {
    private SdeReader() {}

    static SdeModel read(Mapping spec, Map<String, Double> overrides) {
        spec.allow(
                "kind",
                "name",
                "about",
                "cite",
                "parameters",
                "state",
                "potential",
                "drift",
                "diffusion",
                "friction",
                "start",
                "observables");
        ModelReader reader = new ModelReader(spec, overrides);
        List<String> parameters = reader.names();
        List<Expr.Sym> state = reader.state();
        List<String> names = reader.names("t");
        Optional<Expr> potential = Optional.ofNullable(spec.find("potential"))
                .map(u -> ModelReader.expression(u, "potential", reader.names()));
        try {
            return new SdeModel(
                    reader.header(),
                    state,
                    potential,
                    drift(spec, state, potential, names),
                    diffusion(spec.get("diffusion"), state.size(), names),
                    Optional.ofNullable(spec.find("friction"))
                            .map(g -> ModelReader.expression(g, "friction", parameters)),
                    reader.start(state.size()),
                    reader.observables(names));
        } catch (ExprException e) {
            throw spec.place().error("the model's derivatives cannot be built: " + e.getMessage());
        }
    }

    private static List<Expr> drift(Mapping spec, List<Expr.Sym> state, Optional<Expr> potential, List<String> names) {
        YamlNode node = spec.find("drift");
        if (node != null && potential.isPresent()) {
            throw node.place().error("a model has either a drift or a potential, not both");
        }
        if (potential.isPresent()) {
            return SdeModel.drift(potential.get(), state);
        }
        if (node == null) {
            throw spec.place().error("an sde needs the key \"drift\" or \"potential\"");
        }
        List<YamlNode> items = items(node);
        if (items.size() != state.size()) {
            throw node.place()
                    .error("drift has " + Counted.of(items.size(), "entry", "entries") + "; the state has "
                            + state.size());
        }
        return expressions(items, "drift", names);
    }

    /// A list, or one expression as a list.
    private static List<YamlNode> items(YamlNode node) {
        return node instanceof YamlNode.Sequence s ? s.items() : List.of(node);
    }

    private static List<Expr> expressions(List<YamlNode> items, String what, List<String> names) {
        List<Expr> list = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            list.add(ModelReader.expression(items.get(i), what + " " + (i + 1), names));
        }
        return list;
    }

    /// The d x m matrix of a scalar (isotropic), a list (diagonal) or a list of rows.
    private static List<List<Expr>> diffusion(YamlNode node, int d, List<String> names) {
        if (!(node instanceof YamlNode.Sequence s)) {
            return diagonal(Collections.nCopies(d, ModelReader.expression(node, "diffusion", names)));
        }
        List<YamlNode> items = s.items();
        if (items.size() != d) {
            throw node.place()
                    .error("diffusion has " + Counted.of(items.size(), "entry", "entries") + "; the state has " + d);
        }
        if (items.stream().noneMatch(YamlNode.Sequence.class::isInstance)) {
            return diagonal(expressions(items, "diffusion", names));
        }
        List<List<Expr>> rows = new ArrayList<>();
        for (int i = 0; i < d; i++) {
            List<YamlNode> row = ModelReader.limited(items.get(i).asItems(), items.get(i), "noises");
            rows.add(expressions(row, "diffusion, row " + (i + 1) + ", column", names));
            if (row.isEmpty() || row.size() != rows.get(0).size()) {
                throw items.get(i)
                        .place()
                        .error("row " + (i + 1) + " of the diffusion has " + Counted.of(row.size(), "entry", "entries")
                                + "; row 1 has " + rows.get(0).size());
            }
        }
        return rows;
    }

    private static List<List<Expr>> diagonal(List<Expr> amplitudes) {
        List<List<Expr>> rows = new ArrayList<>();
        for (int i = 0; i < amplitudes.size(); i++) {
            List<Expr> row = new ArrayList<>(Collections.nCopies(amplitudes.size(), Expr.ZERO));
            row.set(i, amplitudes.get(i));
            rows.add(row);
        }
        return rows;
    }
}
