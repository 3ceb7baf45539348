package ornstein.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import ornstein.method.Method;
import ornstein.method.Methods;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepMethod;
import ornstein.model.Catalog;
import ornstein.model.Model;
import ornstein.spec.UserError;

/// Steps to test kernels on: the whole catalog, and models that are awkward to compile.
final class Cases {
    private static final Catalog CATALOG = new Catalog(Path.of("models"));

    private Cases() {}

    record Case(String name, Model model, Step step) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Model model(String name) {
        return CATALOG.model(name, Map.of());
    }

    static Step step(Model model, String method, Settings settings) {
        return ((StepMethod) Methods.named(method)).step(model, settings);
    }

    static Step step(String model, String method, Settings settings) {
        return step(model(model), method, settings);
    }

    /// A model from the text of a spec.
    static Model of(String yaml) throws java.io.IOException {
        Path file = Files.createTempFile("case", ".yaml");
        try {
            Files.writeString(file, yaml);
            return CATALOG.model(file.toString(), Map.of());
        } finally {
            Files.delete(file);
        }
    }

    static Stream<Case> all() throws java.io.IOException {
        List<Case> cases = new ArrayList<>(catalog());
        cases.addAll(awkward());
        return cases.stream();
    }

    /// Every model of the catalog with every method that serves it.
    static List<Case> catalog() {
        List<Case> cases = new ArrayList<>();
        for (Catalog.Entry entry : CATALOG.entries()) {
            if (entry.kind() == Catalog.Kind.NETWORK) continue;
            Model model = entry.read(Map.of());
            for (String name : Methods.suitable(model)) {
                if (!(Methods.named(name) instanceof StepMethod)) continue;
                try {
                    cases.add(new Case(entry.name() + " " + name, model, step(model, name, Settings.of(0.01))));
                } catch (UserError e) {
                    if (!name.equals("ou-embedding")) throw e;
                }
            }
        }
        return cases;
    }

    static List<Case> awkward() throws java.io.IOException {
        Map<String, Model> models = new LinkedHashMap<>();
        models.put("functions", of("""
                kind: sde
                name: functions
                state: [x, y]
                drift: ["-sinh(x)*exp(-y^2) + tan(x/9)*cosh(y/9) - floor(x) + min(x, y) - max(x, 0)*sign(y)",
                        "log(1 + x^2)*tanh(y) - abs(y)^1.3 + atan(x*y)/(1 + x^2) + 2^x - y*sqrt(1 + y^2)^3 + cos(t)*x"]
                diffusion: [["0.3*sin(x + t)", "0.1"], ["0", "0.2/(1 + y^2)"]]
                start: {normal: {mean: [0.5, 0.2], cov: [[1, 0.2], [0.2, 0.5]]}}
                """));
        models.put("many-dimensions", of(manyDimensions(13)));
        models.put("long-sum", of(longSum(70)));
        List<Case> cases = new ArrayList<>();
        models.forEach((name, m) -> cases.add(new Case(name, m, step(m, "euler-maruyama", Settings.of(0.02)))));
        Model logistic = of(logistic(37));
        for (Sampling sampling : Sampling.values()) {
            for (int batch : new int[] {1, 2, 7}) {
                Settings s =
                        Settings.of(0.05).with(sampling).with("batch", batch).with("lambda", 0.1);
                cases.add(new Case("logistic " + sampling + " B=" + batch, logistic, step(logistic, "sgd", s)));
            }
        }
        for (String name : Methods.suitable(logistic)) {
            if (Methods.named(name).kind() != Method.Kind.ALGORITHM) continue;
            Settings s = Settings.of(0.05).with("lambda", 0.1);
            if (!name.equals("gd")) s = s.with("batch", 5);
            cases.add(new Case("logistic " + name, logistic, step(logistic, name, s)));
        }
        return cases;
    }

    private static String manyDimensions(int d) {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder text = new StringBuilder("kind: sde\nname: many\nstate: [");
        for (int i = 0; i < d; i++) text.append(i == 0 ? "" : ", ").append("x").append(i);
        text.append("]\ndrift:\n");
        for (int i = 0; i < d; i++) {
            text.append("  - \"-x")
                    .append(i)
                    .append("^3 - exp(-x")
                    .append((i + 1) % d)
                    .append(")");
            for (int j = 0; j < d; j++)
                text.append(" + ")
                        .append(random.nextInt(1, 99) / 400.0)
                        .append("*x")
                        .append(j);
            text.append("\"\n");
        }
        text.append("diffusion: 0.3\nstart: [").append("0.1, ".repeat(d - 1)).append("0.1]\n");
        return text.toString();
    }

    private static String longSum(int terms) {
        StringBuilder text = new StringBuilder("kind: sde\nname: long\nstate: [x, y]\ndrift:\n  - \"-x");
        for (int k = 1; k < terms; k++)
            text.append(" - x^")
                    .append(k % 7 + 1)
                    .append("*y^")
                    .append(k / 7 + 1)
                    .append("/")
                    .append(1000 * k);
        return text.append("\"\n  - \"x - y^3\"\ndiffusion: 0.2\nstart: [0.5, 0.4]\n")
                .toString();
    }

    private static String logistic(int examples) {
        SplittableRandom random = new SplittableRandom(4);
        StringBuilder a = new StringBuilder();
        StringBuilder b = new StringBuilder();
        StringBuilder c = new StringBuilder();
        for (int i = 0; i < examples; i++) {
            a.append(i == 0 ? "" : ", ").append(random.nextInt(-200, 200) / 100.0);
            b.append(i == 0 ? "" : ", ").append(random.nextInt(-200, 200) / 100.0);
            c.append(i == 0 ? "" : ", ").append(random.nextInt(2) * 2 - 1);
        }
        return "kind: loss\nname: logistic\nstate: [u, v]\ndata: {a: [" + a + "], b: [" + b + "], c: [" + c
                + "]}\nloss: log(1 + exp(-c*(a*u + b*v))) + sin(u*v)/10\nstart: [0.5, -0.5]\n";
    }
}
