package ornstein.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ornstein.expr.Eval;
import ornstein.expr.Parser;
import ornstein.spec.UserError;

/// Values of parameters given on the command line as `--set name=value`.
public final class Overrides {
    private Overrides() {}

    /// @param settings texts `name=value`; a value is a number or an expression without names, such as `1/4` or
    ///     `2*pi`
    /// @throws UserError if one is malformed or not finite, or a name stands twice
    public static Map<String, Double> parse(List<String> settings) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String setting : settings) {
            int split = setting.indexOf('=');
            if (split < 1) {
                throw new UserError("--set " + setting + ": expected name=value, as in --set T=0.5");
            }
            String name = setting.substring(0, split).strip();
            double value = Eval.of(Parser.parse(setting.substring(split + 1), List.of(), "--set " + name), Map.of());
            if (!Double.isFinite(value)) {
                throw new UserError("--set " + setting + ": the value is not finite");
            }
            if (values.put(name, value) != null) {
                throw new UserError("--set " + name + " is given twice");
            }
        }
        return values;
    }
}
