package ornstein.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import ornstein.expr.Expr;
import ornstein.expr.Substitution;

/// What every model begins with.
///
/// @param about one sentence, or empty
/// @param cite sources, or none
/// @param parameters values by name, overrides applied, in the order of the file
public record Header(String name, String about, List<String> cite, SequencedMap<String, Double> parameters) {
    public Header {
        cite = List.copyOf(cite);
        parameters = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
    }

    /// Puts the parameters' values into expressions.
    UnaryOperator<Expr> binding() {
        Map<Expr.Sym, Expr> values = new LinkedHashMap<>();
        parameters.forEach((name, value) -> values.put(Expr.sym(name), Expr.num(value)));
        return e -> Substitution.of(e, values);
    }

    /// The first lines of the canonical text.
    StringBuilder canonical(String kind) {
        StringBuilder out = new StringBuilder("kind: " + kind + "\nname: " + name + "\n");
        if (!parameters.isEmpty()) {
            List<String> entries = new ArrayList<>();
            parameters.forEach((name, value) -> entries.add(name + ": " + value));
            out.append("parameters: {").append(String.join(", ", entries)).append("}\n");
        }
        return out;
    }
}
