package ornstein.kernel;

import java.util.ArrayList;
import java.util.List;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;

/// A part of an update that is no elementwise arithmetic: it takes rows and gives rows, each under a fresh symbol.
sealed interface Macro {
    /// The symbols of the rows it gives.
    List<Sym> results();

    /// What must lie in rows before it runs.
    List<Expr> inputs();

    /// An elementary function.
    record Apply(Sym result, Elementary function, Expr argument) implements Macro {
        @Override
        public List<Sym> results() {
            return List.of(result);
        }

        @Override
        public List<Expr> inputs() {
            return List.of(argument);
        }
    }

    /// A general power.
    record Power(Sym result, Expr base, Expr exponent) implements Macro {
        @Override
        public List<Sym> results() {
            return List.of(result);
        }

        @Override
        public List<Expr> inputs() {
            return List.of(base, exponent);
        }
    }

    /// Sums of coefficients times the same rows, done by a loop.
    ///
    /// @param coefficients of each result, in the order of the rows
    record Dot(List<Sym> results, List<Sym> rows, List<List<Double>> coefficients) implements Macro {
        @Override
        public List<Expr> inputs() {
            return List.copyOf(rows);
        }

        /// These sums and those of another over the same rows.
        Dot with(Dot other) {
            List<Sym> both = new ArrayList<>(results);
            both.addAll(other.results);
            List<List<Double>> all = new ArrayList<>(coefficients);
            all.addAll(other.coefficients);
            return new Dot(both, rows, all);
        }
    }

    /// An expression that is to lie in a row.
    record Keep(Sym result, Expr value) implements Macro {
        @Override
        public List<Sym> results() {
            return List.of(result);
        }

        @Override
        public List<Expr> inputs() {
            return List.of(value);
        }
    }

    /// Sums over the examples of a batch, or of the data, done by a loop.
    ///
    /// @param batch number of the batch in the step, or `Mean.DATA`
    /// @param bodies what is summed, in columns, rows and shared numbers
    /// @param kept the symbols of the bodies that lie in rows before the loop
    record Loop(List<Sym> results, int batch, int count, List<Expr> bodies, List<Sym> kept) implements Macro {
        @Override
        public List<Expr> inputs() {
            return List.copyOf(kept);
        }
    }
}
