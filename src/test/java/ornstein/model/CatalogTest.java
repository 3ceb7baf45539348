package ornstein.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.spec.UserError;

class CatalogTest {
    private static final Catalog CATALOG = new Catalog(Path.of("models"));

    static Stream<Catalog.Entry> entries() {
        return CATALOG.entries().stream();
    }

    @Test
    void theCatalogHoldsTheNamedModels() {
        List<String> names = entries().map(Catalog.Entry::name).toList();
        assertTrue(names.containsAll(List.of(
                "ou",
                "ou-2d",
                "ou-10d",
                "geometric-brownian-motion",
                "double-well",
                "cir",
                "kubo",
                "arctan",
                "cubic",
                "langevin-double-well",
                "scale-invariant-toy",
                "four-points",
                "quadratic-2d",
                "uv",
                "sphere-noise")));
        assertEquals(List.copyOf(new TreeSet<>(names)), names);
    }

    /// Every model of the catalog reads, is called as its file, has finite values at its start, and its canonical
    /// text is a spec of the same model.
    @ParameterizedTest
    @MethodSource("entries")
    void everyModelIsSound(Catalog.Entry entry, @TempDir Path folder) throws IOException {
        assertEquals(entry.name() + ".yaml", String.valueOf(entry.file().getFileName()));
        assertTrue(entry.about().endsWith("."), entry.about());
        if (entry.kind() == Catalog.Kind.NETWORK) {
            return;
        }
        Model model = entry.read(Map.of());
        Map<String, Double> point = new java.util.HashMap<>(Map.of("t", 0.0));
        for (int i = 0; i < model.dimension(); i++) {
            point.put(model.state().get(i).name(), model.start().mean().get(i));
        }
        List<Expr> all = new java.util.ArrayList<>(model.bound().observables().values());
        switch (model.bound()) {
            case SdeModel sde -> {
                all.addAll(sde.drift());
                sde.diffusion().forEach(all::addAll);
            }
            case LossModel loss -> {
                for (int c = 0; c < loss.data().names().size(); c++) {
                    point.put(loss.data().names().get(c), loss.data().value(c, 0));
                }
                all.add(loss.loss());
                all.addAll(loss.gradient());
            }
        }
        for (double v : Eval.of(all, point)) {
            assertTrue(Double.isFinite(v));
        }
        Path copy = Files.writeString(folder.resolve("copy.yaml"), model.canonical());
        Model again = CATALOG.model(copy.toString(), Map.of());
        assertEquals(model.canonical(), again.canonical());
        assertEquals(model.state(), again.state());
        assertEquals(model.observables(), again.observables());
    }

    @Test
    void noiseIsClassified() {
        assertEquals(java.util.EnumSet.allOf(Noise.class), noise("ou"));
        assertEquals("[ADDITIVE, COMMUTATIVE, GENERAL]", noise("ou-2d").toString());
        assertEquals("[DIAGONAL, SCALAR, COMMUTATIVE, GENERAL]", noise("arctan").toString());
        assertEquals("[SCALAR, COMMUTATIVE, GENERAL]", noise("kubo").toString());
        assertEquals("[GENERAL]", noise("sphere-noise").toString());
    }

    /// Two noises that rotate and scale the plane commute; two shears do not. Neither is diagonal.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[[x, -y], [y, x]] | COMMUTATIVE",
                "[[y, 0], [0, x]] | GENERAL",
                "[[sin(x)*cos(x), sin(2*x)/2], [1, 1]] | COMMUTATIVE",
                "[[x*y, 0], [0, x*y]] | GENERAL",
                "[x, y] | DIAGONAL",
                "[[t, 1], [0, t^2]] | ADDITIVE",
            })
    void commutingNoisesAreRecognised(String diffusion, Noise most, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("m.yaml"),
                "kind: sde\nname: m\nstate: [x, y]\ndrift: [0, 0]\ndiffusion: " + diffusion + "\nstart: [1, 1]\n");
        SdeModel m = (SdeModel) CATALOG.model(file.toString(), Map.of());
        assertEquals(most, m.noise().iterator().next());
    }

    private static java.util.Set<Noise> noise(String name) {
        return ((SdeModel) CATALOG.model(name, Map.of())).noise();
    }

    @Test
    void aPotentialGivesTheDrift() {
        SdeModel m = (SdeModel) CATALOG.model("double-well", Map.of("T", 0.5));
        assertEquals(24.0, -Eval.of(m.drift().get(0), Map.of("x", 2.0)), 1e-12);
        assertEquals(1.0, Eval.of(m.bound().diffusion().get(0).get(0), Map.of()), 1e-15);
        assertTrue(m.canonical().contains("parameters: {T: 0.5}"));
    }

    @Test
    void namesAreLookedUpInTheSpecsFolderFirst(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("ou.yaml"), Files.readString(Path.of("models/cubic.yaml")));
        assertEquals("cubic", CATALOG.find("ou", Optional.of(folder)).name());
        assertEquals("kubo", CATALOG.find("kubo", Optional.of(folder)).name());
        assertEquals("cubic", CATALOG.find("ou.yaml", Optional.of(folder)).name());
        assertEquals("kubo", CATALOG.find("kubo.yaml", Optional.of(folder)).name());
        assertEquals("ou", CATALOG.find("ou", Optional.empty()).name());
        assertEquals("ou", CATALOG.find("models/ou.yaml", Optional.empty()).name());
    }

    @Test
    void anUnknownModelIsAnsweredWithTheNearest() {
        String message = assertThrows(UserError.class, () -> CATALOG.model("doublewell", Map.of()))
                .getMessage();
        assertTrue(message.startsWith("there is no model \"doublewell\""), message);
        assertTrue(message.contains("did you mean \"double-well\"?"), message);
        assertThrows(UserError.class, () -> CATALOG.model("nul\u0000", Map.of()));
        assertThrows(UserError.class, () -> CATALOG.model("../../etc/passwd", Map.of()));
    }

    @Test
    void overridesReplaceParameters() {
        assertEquals(Map.of("T", 0.25, "s", 2 * Math.PI), Overrides.parse(List.of("T=1/4", "s=2*pi")));
        Model m = CATALOG.model("ou", Overrides.parse(List.of("h=3")));
        assertEquals(3.0, m.header().parameters().get("h"));
        refused("T", "--set T: expected name=value, as in --set T=0.5");
        refused("T=x", "--set T: unknown name 'x'");
        refused("T=1e999", "too large");
        refused("T=log(0)", "not finite");
        String message = assertThrows(UserError.class, () -> CATALOG.model("ou", Map.of("hh", 1.0)))
                .getMessage();
        assertTrue(message.startsWith("model ou has no parameter \"hh\"; did you mean \"h\"?"), message);
    }

    private static void refused(String setting, String because) {
        String message = assertThrows(UserError.class, () -> Overrides.parse(List.of(setting)))
                .getMessage();
        assertTrue(message.contains(because), message);
    }
}
