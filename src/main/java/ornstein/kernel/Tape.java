package ornstein.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Add;
import ornstein.expr.Expr.Call;
import ornstein.expr.Expr.Mul;
import ornstein.expr.Expr.Num;
import ornstein.expr.Expr.Pow;
import ornstein.expr.Expr.Sym;
import ornstein.method.Symbols;

/// Expressions that are the same for all paths, evaluated in double precision by `StrictMath`, so that the numbers are
/// the same everywhere: once, or once a step where they contain the time or the step number. Makes no garbage.
final class Tape {
    private record Instruction(Expr node, int[] operands) {}

    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<Expr, Integer> places = new HashMap<>();
    private final Map<Sym, Double> values;
    private double[] numbers = new double[0];

    /// @param values the symbols that have a number
    Tape(Map<Sym, Double> values) {
        this.values = values;
    }

    /// Adds an expression; gives its place among the numbers.
    int add(Expr e) {
        Integer known = places.get(e);
        if (known != null) return known;
        List<Expr> operands = e.operands();
        int[] at = new int[operands.size()];
        for (int i = 0; i < at.length; i++) at[i] = add(operands.get(i));
        instructions.add(new Instruction(e, at));
        places.put(e, instructions.size() - 1);
        return instructions.size() - 1;
    }

    /// The numbers of all places at a step.
    double[] at(double time, long step) {
        if (numbers.length < instructions.size()) numbers = new double[instructions.size()];
        for (int i = 0; i < instructions.size(); i++) {
            numbers[i] = value(instructions.get(i), numbers, time, step);
        }
        return numbers;
    }

    private double value(Instruction instruction, double[] n, double time, long step) {
        int[] at = instruction.operands();
        return switch (instruction.node()) {
            case Num c -> c.value();
            case Sym s -> {
                if (s.equals(Symbols.TIME)) yield time;
                if (s.equals(Symbols.STEP)) yield step;
                Double v = values.get(s);
                if (v == null) throw new IllegalStateException("the symbol " + s.name() + " has no number");
                yield v;
            }
            case Add a -> {
                double sum = n[at[0]];
                for (int i = 1; i < at.length; i++) sum += n[at[i]];
                yield sum;
            }
            case Mul m -> {
                double product = n[at[0]];
                for (int i = 1; i < at.length; i++) product *= n[at[i]];
                yield product;
            }
            case Pow p -> power(n[at[0]], n[at[1]]);
            case Call c ->
                switch (c.function()) {
                    case PI -> Math.PI;
                    case EXP -> StrictMath.exp(n[at[0]]);
                    case LOG -> StrictMath.log(n[at[0]]);
                    case SIN -> StrictMath.sin(n[at[0]]);
                    case COS -> StrictMath.cos(n[at[0]]);
                    case TAN -> StrictMath.tan(n[at[0]]);
                    case TANH -> StrictMath.tanh(n[at[0]]);
                    case SINH -> StrictMath.sinh(n[at[0]]);
                    case COSH -> StrictMath.cosh(n[at[0]]);
                    case ATAN -> StrictMath.atan(n[at[0]]);
                    case ABS -> Math.abs(n[at[0]]);
                    case SIGN -> Math.signum(n[at[0]]);
                    case FLOOR -> Math.floor(n[at[0]]);
                    case MIN -> Math.min(n[at[0]], n[at[1]]);
                    case MAX -> Math.max(n[at[0]], n[at[1]]);
                    case SELECT -> n[at[0]] > 0 ? n[at[1]] : n[at[2]];
                };
        };
    }

    private static double power(double base, double exponent) {
        if (exponent == -1) return 1 / base;
        if (exponent == 2) return base * base;
        if (exponent == 0.5) return Math.sqrt(base);
        if (exponent == -0.5) return 1 / Math.sqrt(base);
        return StrictMath.pow(base, exponent);
    }
}
