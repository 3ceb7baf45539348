package ornstein.method.integrator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ornstein.method.About;
import ornstein.method.Halving;
import ornstein.method.Option;
import ornstein.method.StepMethod;
import ornstein.model.Noise;
import ornstein.spec.Counted;
import ornstein.spec.Nearest;
import ornstein.spec.Yaml;
import ornstein.spec.YamlNode;
import ornstein.spec.YamlNode.Mapping;

/// Reads an explicit Runge-Kutta method that a user writes as a tableau:
///
/// ```yaml
/// kind: method
/// name: sra1-again
/// about: Roessler's SRA1.
/// family: additive        # strong (SRI), additive (SRA) or weak, see the classes of this package
/// stages: 2
/// orders: {additive: {strong: 1.5, weak: 2}}     # claims that converge tests; none if left out
/// A0: [[], [3/4]]         # row i has i - 1 entries; those of B2 have as many as there are stages
/// B0: [[], [3/2]]
/// c1: [1, 0]
/// alpha: [1/3, 2/3]
/// beta1: [1, 0]
/// beta2: [-1, 1]
/// ```
///
/// Entries are expressions without names. A matrix or weight that is left out is 0, nodes that are left out
/// are the row sums of their A. `--tolerance` takes a strong or additive tableau with an embedded method of
/// lower order: that has `alpha` beyond the first stage and `beta3` or `beta4`, of the family additive
/// `beta2`.
public final class TableauFile {
    /// The most stages.
    private static final int MOST = 16;

    /// A family's letters, the noise that it serves, and the weights whose part estimates the error.
    private record Family(List<String> matrices, List<String> vectors, List<Noise> noises, List<String> error) {}

    private static final Map<String, Family> FAMILIES = Map.of(
            "strong",
            new Family(
                    List.of("A0", "A1", "B0", "B1"),
                    List.of("c0", "c1", "alpha", "beta1", "beta2", "beta3", "beta4"),
                    List.of(Noise.DIAGONAL, Noise.SCALAR),
                    List.of("beta3", "beta4")),
            "additive",
            new Family(
                    List.of("A0", "B0"),
                    List.of("c0", "c1", "alpha", "beta1", "beta2"),
                    List.of(Noise.ADDITIVE),
                    List.of("beta2")),
            "weak",
            new Family(
                    List.of("A0", "A1", "A2", "B0", "B1", "B2"),
                    List.of("c0", "c1", "c2", "alpha", "beta1", "beta2", "beta3", "beta4"),
                    List.of(Noise.GENERAL),
                    List.of()));

    private TableauFile() {}

    /// @throws ornstein.spec.UserError if the file is not such a method
    public static StepMethod read(Path file) {
        Mapping spec = Yaml.tree(file).asMapping();
        if (!spec.get("kind").asText().equals("method")) {
            throw spec.get("kind")
                    .place()
                    .error("expected kind: method, found " + spec.get("kind").asText());
        }
        YamlNode named = spec.get("family");
        Family family = FAMILIES.get(named.asText());
        if (family == null) {
            throw named.place()
                    .error("unknown family \"" + named.asText() + "\""
                            + Nearest.hint(named.asText(), List.of("strong", "additive", "weak")));
        }
        List<String> keys = new ArrayList<>(List.of("kind", "name", "about", "cite", "family", "stages", "orders"));
        keys.addAll(family.matrices());
        keys.addAll(family.vectors());
        spec.allow(keys);
        Tableau tableau = tableau(spec, family);
        About about = about(spec, file, named.asText(), family, tableau);
        return switch (named.asText()) {
            case "strong" -> new StrongRungeKutta(about, tableau);
            case "additive" -> new AdditiveRungeKutta(about, tableau);
            default -> new WeakRungeKutta(about, tableau);
        };
    }

    private static Tableau tableau(Mapping spec, Family family) {
        long stages = spec.get("stages").asLong();
        if (stages < 1 || stages > MOST) {
            throw spec.get("stages").place().error("stages " + stages + ": must be from 1 to " + MOST);
        }
        int s = (int) stages;
        Tableau tableau = new Tableau(spec.place().file(), s);
        for (String name : family.vectors()) {
            YamlNode node = spec.find(name);
            if (node != null) tableau.vector(name, texts(node, s, name));
        }
        for (String name : family.matrices()) {
            YamlNode node = spec.find(name);
            if (node == null) continue;
            List<YamlNode> rows = node.asItems();
            if (rows.size() != s) {
                throw node.place().error(name + " has " + rows.size() + " rows for " + s + " stages");
            }
            boolean full = name.equals("B2");
            String[][] entries = new String[s][];
            for (int i = 0; i < s; i++) entries[i] = texts(rows.get(i), full ? s : i, "row " + (i + 1) + " of " + name);
            if (full) tableau.full(name, entries);
            else tableau.matrix(name, Arrays.copyOfRange(entries, 1, s));
        }
        return tableau;
    }

    private static String[] texts(YamlNode node, int count, String what) {
        List<String> texts = node.asTexts();
        if (texts.size() != count) {
            throw node.place()
                    .error(what + " has " + Counted.of(texts.size(), "entry", "entries") + "; it must have " + count);
        }
        return texts.toArray(String[]::new);
    }

    private static About about(Mapping spec, Path file, String family, Family of, Tableau tableau) {
        String text = textOr(spec.find("about"), "A Runge-Kutta method of Roessler's " + family + " family.");
        YamlNode cite = spec.find("cite");
        String citation = cite == null ? "the file " + file.getFileName() : String.join("; ", cite.asTexts());
        About about = About.integrator(spec.get("name").asText(), text, citation)
                .takes(tableau.embeds(of.error()) ? new Option[] {Halving.TOLERANCE} : new Option[0])
                .evaluates(tableau.stages() + " drifts, " + tableau.stages() + " diffusions");
        YamlNode given = spec.find("orders");
        Mapping orders = given == null ? null : given.asMapping();
        if (orders != null)
            orders.allow(of.noises().stream().map(TableauFile::text).toList());
        for (Noise noise : of.noises()) {
            YamlNode claims = orders == null ? null : orders.find(text(noise));
            about = about.serves(noise, claim(claims, "strong"), claim(claims, "weak"));
        }
        return about;
    }

    private static double claim(@Nullable YamlNode claims, String what) {
        if (claims == null) return Double.NaN;
        Mapping mapping = claims.asMapping();
        mapping.allow("strong", "weak");
        YamlNode order = mapping.find(what);
        return order == null ? Double.NaN : order.asDouble();
    }

    private static String textOr(@Nullable YamlNode node, String otherwise) {
        return node == null ? otherwise : node.asText();
    }

    private static String text(Noise noise) {
        return noise.name().toLowerCase(Locale.ROOT);
    }
}
