package ornstein.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import ornstein.expr.Expr;
import ornstein.expr.ExprException;
import ornstein.expr.Latex;
import ornstein.method.Methods;
import ornstein.method.Settings;
import ornstein.method.StepMethod;
import ornstein.method.derive.ModifiedEquation;
import ornstein.method.derive.Written;
import ornstein.spec.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `ornstein derive`: the modified equation of a method on a model, by expanding its step in the step size.
@Command(
        name = "derive",
        modelTransformer = MethodOptions.class,
        description = {
            "Derives the modified equation of a method: the differential equation, in powers of the step size, whose"
                    + " flow is the method's step.",
            "Extra state (momentum, moments) is put on its invariant manifold. Of random batches it is the equation of"
                    + " the mean over an epoch. What cannot be derived is named, with exit code 2."
        })
final class DeriveCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Mixin
    private final Common common = new Common();

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Mixin
    private final SamplingOption sampling = new SamplingOption();

    @Option(
            names = "--of",
            paramLabel = "METHOD",
            required = true,
            description = "The method: gd, sgd, momentum, ...; ornstein methods lists them.")
    private String of = "";

    @Option(
            names = "--order",
            paramLabel = "K",
            description = "Number of corrections, 0 being gradient flow (default: 1).")
    private int order = 1;

    @Option(names = "--latex", description = "Print LaTeX.")
    private boolean latex;

    @Override
    public Integer call() {
        if (!(Methods.named(of) instanceof StepMethod method)) {
            throw new UserError("--of " + of + ": its step is computed on the host, so that it cannot be expanded");
        }
        Settings settings = new Settings(1, MethodOptions.given(command), sampling.get(), Optional.empty());
        ModifiedEquation equation = ModifiedEquation.of(method, model.read(), settings, order);
        Written written = Written.of(equation);
        try {
            return answer(equation, written);
        } catch (ExprException e) {
            throw new UserError("--order " + order + ": " + e.getMessage() + "; take a smaller one");
        }
    }

    private Integer answer(ModifiedEquation equation, Written written) {
        List<Expr.Sym> state = equation.model().state();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < state.size(); i++) lines.add(latex(state.get(i), written, i));
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("drift", written.drift().stream().map(Expr::toString).toList());
        value.put("latex", lines);
        if (!written.means().isEmpty()) {
            Map<String, String> means = new LinkedHashMap<>();
            written.means().forEach((name, body) -> means.put(name.name(), body.toString()));
            value.put("means", means);
        }
        return common.answer(value, latex ? String.join("\n", lines) : text(state, written));
    }

    private static String text(List<Expr.Sym> state, Written written) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < state.size(); i++) {
            text.append("d")
                    .append(state.get(i))
                    .append("/d")
                    .append(written.time())
                    .append(" =\n");
            for (int k = 0; k < written.field().size(); k++) {
                Expr f = written.field().get(k).get(i);
                text.append(k == 0 ? "    " : "  + ");
                String factor = k == 0 ? "" : written.stepSize() + (k == 1 ? "" : "^" + k) + "*";
                text.append(k == 0 ? f.toString() : factor + "(" + f + ")").append('\n');
            }
        }
        written.means()
                .forEach((name, body) -> text.append("with ")
                        .append(name)
                        .append(" the mean over the data of ")
                        .append(body)
                        .append('\n'));
        return text.append("in ")
                .append(written.time())
                .append(" = ")
                .append(written.stepSize())
                .append(" k\n")
                .toString();
    }

    private static String latex(Expr.Sym coordinate, Written written, int i) {
        List<String> terms = new ArrayList<>();
        for (int k = 0; k < written.field().size(); k++) {
            String f = Latex.of(written.field().get(k).get(i));
            String eta = Latex.of(written.stepSize().pow(k));
            terms.add(k == 0 ? f : eta + " \\left(" + f + "\\right)");
        }
        return "\\frac{d " + Latex.of(coordinate) + "}{d " + written.time() + "} = "
                + terms.stream().collect(Collectors.joining(" + "));
    }
}
