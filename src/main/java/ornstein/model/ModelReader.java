package ornstein.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.expr.Function;
import ornstein.expr.Parser;
import ornstein.spec.Counted;
import ornstein.spec.Nearest;
import ornstein.spec.UserError;
import ornstein.spec.YamlNode;
import ornstein.spec.YamlNode.Entry;
import ornstein.spec.YamlNode.Mapping;

/// Reads what the kinds of model have in common: header, parameters, names, expressions, start, observables.
final class ModelReader {
    /// The most coordinates, noises, parameters, columns or observables of a model.
    static final int MAX_NAMES = 1024;

    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern SYMBOL = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

    private final Mapping spec;
    private final Set<String> taken = new LinkedHashSet<>();
    private final Header header;

    /// @param overrides values that replace parameters of the file
    ModelReader(Mapping spec, Map<String, Double> overrides) {
        this.spec = spec;
        String name = name(spec);
        List<String> cite = optional(spec, "cite").map(YamlNode::asTexts).orElse(List.of());
        Map<String, Double> values = new LinkedHashMap<>();
        for (Entry e : entries("parameters")) {
            declare(e.key(), "parameter", e);
            values.put(e.key(), constant(e.value(), "parameter " + e.key(), Map.of()));
        }
        for (Map.Entry<String, Double> o : overrides.entrySet()) {
            if (!values.containsKey(o.getKey())) {
                throw new UserError("model " + name + " has no parameter \"" + o.getKey() + "\""
                        + (values.isEmpty() ? "; it has none" : Nearest.hint(o.getKey(), values.keySet())));
            }
            values.put(o.getKey(), o.getValue());
        }
        header = new Header(name, about(spec), cite, new LinkedHashMap<>(values));
    }

    static String name(Mapping spec) {
        YamlNode node = spec.get("name");
        String name = node.asText();
        if (!NAME.matcher(name).matches()) {
            throw node.place()
                    .error("a name has 1 to 64 lower-case letters, digits and hyphens and does not begin with a"
                            + " hyphen");
        }
        return name;
    }

    static String about(Mapping spec) {
        return optional(spec, "about").map(YamlNode::asText).orElse("");
    }

    Header header() {
        return header;
    }

    List<Expr.Sym> state() {
        YamlNode node = spec.get("state");
        List<Expr.Sym> state = new ArrayList<>();
        for (YamlNode item : limited(node.asItems(), node, "coordinates")) {
            declare(item.asText(), "coordinate", new Entry(item.asText(), item.place(), item));
            state.add(Expr.sym(item.asText()));
        }
        if (state.isEmpty()) {
            throw node.place().error("a model has at least one coordinate");
        }
        return state;
    }

    /// Makes a name known, which must be new.
    void declare(String name, String what, Entry at) {
        if (!SYMBOL.matcher(name).matches()) {
            throw at.place()
                    .error("the " + what + " \"" + name + "\" must be letters, digits and _, at most 64, and begin"
                            + " with no digit");
        }
        if (name.equals("t") || name.equals("sqrt") || Function.named(name).isPresent()) {
            throw at.place().error("\"" + name + "\" has a meaning of its own and cannot name a " + what);
        }
        if (!taken.add(name)) {
            throw at.place().error("the " + what + " \"" + name + "\" has the name of another symbol");
        }
    }

    /// The names declared so far, and more.
    List<String> names(String... more) {
        List<String> names = new ArrayList<>(taken);
        names.addAll(List.of(more));
        return names;
    }

    /// @param what the place in words, such as "drift 2"
    static Expr expression(YamlNode node, String what, List<String> names) {
        return Parser.parse(node.asText(), names, node.place() + ": " + what);
    }

    /// A number, or an expression in the given names.
    static double constant(YamlNode node, String what, Map<String, Double> values) {
        if (node.isNumber()) {
            return node.asDouble();
        }
        double v = Eval.of(expression(node, what, List.copyOf(values.keySet())), values);
        if (!Double.isFinite(v)) {
            throw node.place().error(what + " is not finite");
        }
        return v;
    }

    Start start(int dimension) {
        YamlNode node = spec.get("start");
        Start start = node instanceof Mapping m ? normal(m) : Start.at(numbers(node, "start"));
        if (start.mean().size() != dimension) {
            throw node.place()
                    .error("start has " + Counted.of(start.mean().size(), "entry", "entries") + "; the state has "
                            + dimension);
        }
        return start;
    }

    private Start normal(Mapping m) {
        m.allow("normal");
        Mapping normal = m.get("normal").asMapping();
        normal.allow("mean", "cov");
        List<List<Double>> cov = new ArrayList<>();
        for (YamlNode row : normal.get("cov").asItems()) {
            cov.add(numbers(row, "cov"));
        }
        try {
            return new Start(numbers(normal.get("mean"), "mean"), Optional.of(cov));
        } catch (IllegalArgumentException e) {
            throw normal.get("cov").place().error(String.valueOf(e.getMessage()));
        }
    }

    private List<Double> numbers(YamlNode node, String what) {
        List<Double> numbers = new ArrayList<>();
        for (YamlNode item : node.asItems()) {
            numbers.add(constant(item, what, header.parameters()));
        }
        return numbers;
    }

    /// @param names that an observable may use
    Map<String, Expr> observables(List<String> names) {
        Map<String, Expr> observables = new LinkedHashMap<>();
        for (Entry e : entries("observables")) {
            if (!SYMBOL.matcher(e.key()).matches()) {
                throw e.place().error("the observable \"" + e.key() + "\" must be letters, digits and _, at most 64");
            }
            observables.put(e.key(), expression(e.value(), "observable " + e.key(), names));
        }
        return observables;
    }

    /// The entries of an optional mapping.
    private List<Entry> entries(String key) {
        return optional(spec, key)
                .map(node -> limited(node.asMapping().entries(), node, "entries"))
                .orElse(List.of());
    }

    private static Optional<YamlNode> optional(Mapping spec, String key) {
        return Optional.ofNullable(spec.find(key));
    }

    static <T> List<T> limited(List<T> list, YamlNode at, String what) {
        if (list.size() > MAX_NAMES) {
            throw at.place().error(list.size() + " " + what + "; at most " + MAX_NAMES + " are allowed");
        }
        return list;
    }
}
