package ornstein.method.integrator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ornstein.expr.Expr;
import ornstein.expr.Parser;
import ornstein.method.Symbols;
import ornstein.spec.UserError;

/// The coefficients of an explicit stochastic Runge-Kutta method of Roessler's families, by the names of his
/// papers: matrices `A0 A1 A2 B0 B1 B2` (rows of stages), weights `alpha beta1 beta2 beta3 beta4`, nodes `c0
/// c1 c2`. What is not given is 0, but nodes are the row sums of their A.
public final class Tableau {
    private final String place;
    private final int stages;
    private final Map<String, List<List<Expr>>> matrices = new LinkedHashMap<>();
    private final Map<String, List<Expr>> vectors = new LinkedHashMap<>();

    /// @param place what errors name: the method, or its file
    public Tableau(String place, int stages) {
        this.place = place;
        this.stages = stages;
    }

    public int stages() {
        return stages;
    }

    /// Sets a row vector: `stages` expressions without names, in text.
    /// @throws UserError if it does not fit
    public Tableau vector(String name, String... entries) {
        if (entries.length != stages) {
            throw new UserError(place + ": " + name + " has " + entries.length + " entries for " + stages + " stages");
        }
        List<Expr> row = new ArrayList<>();
        for (String e : entries) row.add(Parser.parse(e, List.of(), place + ", " + name));
        vectors.put(name, row);
        return this;
    }

    /// Sets a strictly lower triangular matrix: its rows below the first, each of as many entries as there are stages
    /// before it.
    /// @throws UserError if it does not fit
    public Tableau matrix(String name, String[]... rows) {
        if (rows.length != stages - 1) {
            throw new UserError(
                    place + ": " + name + " has " + rows.length + " rows below the first for " + stages + " stages");
        }
        List<List<Expr>> matrix = new ArrayList<>();
        matrix.add(List.of());
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != i + 1) {
                throw new UserError(place + ": row " + (i + 2) + " of " + name + " has " + rows[i].length
                        + " entries; an explicit method has " + (i + 1));
            }
            List<Expr> row = new ArrayList<>();
            for (String e : rows[i]) row.add(Parser.parse(e, List.of(), place + ", " + name));
            matrix.add(row);
        }
        matrices.put(name, matrix);
        return this;
    }

    /// Sets a matrix with as many rows and columns as there are stages.
    /// @throws UserError if it does not fit
    public Tableau full(String name, String[]... rows) {
        if (rows.length != stages) {
            throw new UserError(place + ": " + name + " has " + rows.length + " rows for " + stages + " stages");
        }
        List<List<Expr>> matrix = new ArrayList<>();
        for (String[] row : rows) {
            vector(name, row);
            matrix.add(vectors.remove(name));
        }
        matrices.put(name, matrix);
        return this;
    }

    /// Entry (i, j) of a matrix, from 0.
    Expr entry(String name, int i, int j) {
        List<List<Expr>> matrix = matrices.get(name);
        return matrix == null ? Expr.ZERO : matrix.get(i).get(j);
    }

    Expr weight(String name, int i) {
        List<Expr> row = vectors.get(name);
        return row == null ? Expr.ZERO : row.get(i);
    }

    /// Whether a weight beyond stage `from` is not 0.
    private boolean weighs(String name, int from) {
        for (int i = from; i < stages; i++) if (!weight(name, i).equals(Expr.ZERO)) return true;
        return false;
    }

    /// Whether a method of lower order is embedded: one that leaves out stages of the drift after the first, and these
    /// weights of the noise.
    boolean embeds(List<String> fine) {
        return weighs("alpha", 1) && fine.stream().anyMatch(name -> weighs(name, 0));
    }

    /// The time of stage i: t + c h, c its node in c0, c1 or c2.
    Expr time(int family, int i, Expr h) {
        return Symbols.TIME.plus(node(family, i).times(h));
    }

    private Expr node(int family, int i) {
        Optional<List<Expr>> given = Optional.ofNullable(vectors.get("c" + family));
        List<List<Expr>> matrix = matrices.get("A" + family);
        return given.map(c -> c.get(i)).orElseGet(() -> matrix == null || i == 0 ? Expr.ZERO : Expr.sum(matrix.get(i)));
    }

    /// What a method of this name is to a run's spec: with the coefficients, where a file gives them.
    String canonical(String name) {
        return place.equals(name) ? name : name + " " + matrices + " " + vectors;
    }

    static String[] row(String... entries) {
        return entries;
    }
}
