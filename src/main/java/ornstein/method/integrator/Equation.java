package ornstein.method.integrator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ornstein.expr.Derivative;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Substitution;
import ornstein.method.Symbols;
import ornstein.model.SdeModel;

/// The fields of an equation at any time and point, as methods with stages need them.
record Equation(SdeModel sde) {
    /// The state as a point.
    List<Expr> x() {
        return List.copyOf(sde.state());
    }

    /// The drift f.
    List<Expr> drift(Expr time, List<Expr> point) {
        return at(sde.drift(), time, point);
    }

    /// Column k of the diffusion, b_k.
    List<Expr> noise(int k, Expr time, List<Expr> point) {
        return at(column(k), time, point);
    }

    /// Whether column k of the diffusion does not depend on the state.
    boolean isAdditive(int k) {
        return Substitution.symbols(column(k)).stream().noneMatch(sde.state()::contains);
    }

    /// b_j' b_k, at the state.
    List<Expr> along(int j, int k) {
        return Vectors.times(Derivative.jacobian(column(j), sde.state()), column(k));
    }

    /// h^(3/2) times the sum of |f' b_k|/sqrt(3): the size of the terms of the drift that depend on the
    /// noise, whatever its value, so that an estimated error never vanishes by chance.
    List<Expr> noiseOfDrift(Expr h) {
        List<List<Expr>> terms = new ArrayList<>();
        List<List<Expr>> slopes = Derivative.jacobian(sde.drift(), sde.state());
        Expr factor = h.pow(3).sqrt().over(Expr.num(3).sqrt());
        for (int k = 0; k < sde.noises(); k++) {
            terms.add(Vectors.times(factor, Vectors.abs(Vectors.times(slopes, column(k)))));
        }
        return Vectors.sum(terms);
    }

    /// The drift of the same equation as Stratonovich wrote it, f - sum of b_k' b_k / 2.
    List<Expr> stratonovich() {
        List<List<Expr>> terms = new ArrayList<>();
        terms.add(sde.drift());
        for (int k = 0; k < sde.noises(); k++) terms.add(Vectors.times(Expr.ratio(-1, 2), along(k, k)));
        return Vectors.sum(terms);
    }

    /// x + h f + the sum of sqrt(h) b_k z_k.
    List<Expr> euler(Expr h, List<Expr> z) {
        return Vectors.sum(x(), Vectors.times(h, sde.drift()), increment(h, z, Symbols.TIME, x()));
    }

    /// The sum of sqrt(h) b_k z_k.
    List<Expr> increment(Expr h, List<Expr> z, Expr time, List<Expr> point) {
        List<List<Expr>> terms = new ArrayList<>();
        for (int k = 0; k < z.size(); k++) {
            terms.add(Vectors.times(h.sqrt().times(z.get(k)), noise(k, time, point)));
        }
        return Vectors.sum(terms);
    }

    /// Expressions at a time and a point.
    List<Expr> at(List<Expr> field, Expr time, List<Expr> point) {
        Map<Sym, Expr> replacements = new HashMap<>();
        for (int i = 0; i < point.size(); i++) replacements.put(sde.state().get(i), point.get(i));
        replacements.put(SdeModel.TIME, time);
        return Substitution.of(field, replacements);
    }

    private List<Expr> column(int k) {
        return sde.diffusion().stream().map(row -> row.get(k)).toList();
    }
}
