package ornstein.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import ornstein.expr.Expr;
import ornstein.expr.Latex;
import ornstein.model.Catalog;
import ornstein.model.LossModel;
import ornstein.model.Model;
import ornstein.model.Overrides;
import ornstein.model.SdeModel;
import ornstein.report.Grid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ornstein models [MODEL]`: the catalog, or one model with its equations.
@Command(
        name = "models",
        description =
                "Lists the models in models/, or shows one: its file, its equations in LaTeX, its kinds of noise.")
final class ModelsCommand implements Callable<Integer> {
    @Mixin
    private final Common common = new Common();

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "A file, or the name of a model in models/.")
    private @Nullable String model;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "The value of a parameter; may be repeated.")
    private List<String> set = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Catalog catalog = Catalog.installed();
        return model == null ? list(catalog.entries()) : show(catalog.find(model, Optional.empty()));
    }

    private int list(List<Catalog.Entry> entries) {
        List<Map<String, Object>> values = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (Catalog.Entry e : entries) {
            values.add(head(e));
            rows.add(List.of(e.name(), e.kind().text(), e.about()));
        }
        return common.answer(values, new Grid(List.of("model", "kind", "about"), rows).text(120));
    }

    private int show(Catalog.Entry entry) throws IOException {
        Map<String, Object> value = head(entry);
        value.put("file", entry.file().toString());
        String file = Files.readString(entry.file());
        value.put("text", file);
        if (entry.kind() == Catalog.Kind.NETWORK) {
            return common.answer(value, file);
        }
        Model read = entry.read(Overrides.parse(set));
        List<String> latex = equations(read);
        value.put("cite", read.header().cite());
        value.put("parameters", read.header().parameters());
        value.put("state", read.state().stream().map(Expr.Sym::name).toList());
        value.put("latex", latex);
        StringBuilder text = new StringBuilder(file.stripTrailing()).append("\n\n");
        latex.forEach(line -> text.append(line).append('\n'));
        switch (read) {
            case SdeModel sde -> {
                List<String> noise = sde.noise().stream()
                        .map(n -> n.name().toLowerCase(Locale.ROOT))
                        .toList();
                value.put("drift", sde.drift().stream().map(Expr::toString).toList());
                value.put("noise", noise);
                text.append("\nnoise: ").append(String.join(", ", noise)).append('\n');
            }
            case LossModel loss -> {
                value.put("loss", loss.loss().toString());
                value.put(
                        "gradient", loss.gradient().stream().map(Expr::toString).toList());
                value.put("examples", loss.examples());
                text.append("\nexamples: ").append(loss.examples()).append('\n');
            }
        }
        return common.answer(value, text.toString());
    }

    private static Map<String, Object> head(Catalog.Entry e) {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("name", e.name());
        head.put("kind", e.kind().text());
        head.put("about", e.about());
        return head;
    }

    private static List<String> equations(Model model) {
        List<String> lines = new ArrayList<>();
        switch (model) {
            case SdeModel sde -> {
                for (int i = 0; i < sde.dimension(); i++) {
                    StringBuilder line =
                            new StringBuilder("d" + Latex.of(sde.state().get(i)) + " = ");
                    line.append(factor(sde.drift().get(i))).append("\\,dt");
                    for (int k = 0; k < sde.noises(); k++) {
                        Expr b = sde.diffusion().get(i).get(k);
                        if (!b.equals(Expr.ZERO)) {
                            String f = factor(b);
                            line.append(f.startsWith("-") ? " - " + f.substring(1) : " + " + f)
                                    .append("\\,dW");
                            line.append(sde.noises() == 1 ? "" : "_{" + (k + 1) + "}");
                        }
                    }
                    lines.add(line.toString());
                }
            }
            case LossModel loss -> {
                lines.add("\\ell = " + Latex.of(loss.loss()));
                for (int i = 0; i < loss.dimension(); i++) {
                    lines.add("\\partial \\ell / \\partial "
                            + Latex.of(loss.state().get(i)) + " = "
                            + Latex.of(loss.gradient().get(i)));
                }
            }
        }
        return lines;
    }

    private static String factor(Expr e) {
        return e instanceof Expr.Add ? "\\left(" + Latex.of(e) + "\\right)" : Latex.of(e);
    }
}
