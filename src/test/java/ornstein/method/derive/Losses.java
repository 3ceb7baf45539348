package ornstein.method.derive;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ornstein.expr.Expr;
import ornstein.expr.Parser;
import ornstein.method.Methods;
import ornstein.method.StepMethod;
import ornstein.model.Catalog;
import ornstein.model.Columns;
import ornstein.model.Header;
import ornstein.model.LossModel;
import ornstein.model.Model;
import ornstein.model.Start;

/// Losses that equations are derived of.
final class Losses {
    static final List<String> XYZ = List.of("x", "y", "z");
    static final LossModel THREE = loss(XYZ, "x^4/4 + sin(x*y) + exp(z/2)*x^2/3 + y^2*z^2/5 + cos(z - y)");
    static final Map<String, Double> AT = Map.of("x", 0.7, "y", -0.4, "z", 0.9);

    private Losses() {}

    /// A loss of one example.
    static LossModel loss(List<String> names, String text) {
        return new LossModel(
                new Header("test", "", List.of(), new LinkedHashMap<>()),
                names.stream().map(Expr::sym).toList(),
                Columns.NONE,
                Parser.parse(text, names, "test"),
                Start.at(java.util.Collections.nCopies(names.size(), 1.0)),
                Map.of());
    }

    static Model fourPoints() {
        return new Catalog(Path.of("models")).model("four-points", Map.of());
    }

    static StepMethod method(String name) {
        return (StepMethod) Methods.named(name);
    }
}
