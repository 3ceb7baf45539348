package ornstein.method;

import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;

/// The symbols of a step besides states, parameters and columns. No model can use their names, which contain a colon.
public final class Symbols {
    /// The time at the start of the step: step number times step size.
    public static final Sym TIME = Expr.sym("t");
    /// The step size: dt, or the learning rate.
    public static final Sym STEP_SIZE = Expr.sym(":h");
    /// The number of the step, from 0.
    public static final Sym STEP = Expr.sym(":k");

    /// In a [Mean] over the data: a standard normal that belongs to the example. That of example `i` is normal `i` of
    /// the step.
    public static final Sym NORMAL_OF_EXAMPLE = Expr.sym(":zi");
    /// In the initial value of a coordinate that a method adds: a standard normal of that coordinate alone.
    public static final Sym START = Expr.sym(":start");

    private Symbols() {}

    /// Standard normal number `j` of a step, independent of all others.
    public static Sym normal(int j) {
        return Expr.sym(":z" + j);
    }

    /// Uniform number `j` on (0,1) of a step, independent of all others.
    public static Sym uniform(int j) {
        return Expr.sym(":u" + j);
    }

    /// Mean number `j` of a step, see [Mean].
    public static Sym mean(int j) {
        return Expr.sym(":mean" + j);
    }

    /// Number `j` if a symbol is called `prefix` followed by a number, else -1.
    static int number(Sym symbol, String prefix) {
        String name = symbol.name();
        if (!name.startsWith(prefix) || name.length() == prefix.length()) return -1;
        for (int i = prefix.length(); i < name.length(); i++) if (!Character.isDigit(name.charAt(i))) return -1;
        return Integer.parseInt(name.substring(prefix.length()));
    }

    /// The number of a normal, or -1.
    public static int normal(Sym symbol) {
        return number(symbol, ":z");
    }

    /// The number of a uniform, or -1.
    public static int uniform(Sym symbol) {
        return number(symbol, ":u");
    }
}
