package ornstein.method.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Function;
import ornstein.expr.Substitution;
import ornstein.method.Mean;
import ornstein.method.Option;
import ornstein.method.Sampling;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepBuilder;
import ornstein.method.Symbols;
import ornstein.method.derive.ModifiedEquation;
import ornstein.model.LossModel;
import ornstein.spec.UserError;

/// A stochastic differential equation for the weights and what is remembered of them, while a limit writes
/// it: the loss's gradient and a factor of the covariance of a batch's gradient, in a step's algebra.
final class Equation {
    /// The most dimensions of a covariance that is factored.
    private static final int MOST = 16;

    /// A pivot of a covariance counts as 0 below this part of its diagonal entry.
    private static final double ROUNDING = 1e-13;

    final LossModel loss;
    final StepBuilder step;
    private final Settings settings;
    private final Expr eta;
    private final Expr lambda;

    /// @param limit the name of the limit, for messages
    Equation(String limit, LossModel loss, Settings settings) {
        if (settings.sampling() != Sampling.IID) {
            throw new UserError("--sampling: " + limit + " is the limit of independent batches; leave it out");
        }
        this.loss = loss;
        this.settings = settings;
        step = new StepBuilder(loss, settings.stepSize());
        eta = step.constant("eta", settings.number(Option.ETA));
        lambda = settings.numbers().containsKey(Option.LAMBDA.name())
                ? step.parameter(Option.LAMBDA, settings)
                : Expr.ZERO;
    }

    /// The learning rate as a symbol.
    Expr eta() {
        return eta;
    }

    /// The time step.
    Expr dt() {
        return step.h();
    }

    /// The weight decay as a symbol, or 0.
    Expr lambda() {
        return lambda;
    }

    /// The mean gradient.
    List<Expr> plainGradient() {
        return step.means(Mean.DATA, loss.gradient());
    }

    /// The mean gradient with weight decay, grad L + lambda w.
    List<Expr> gradient() {
        List<Expr> decayed = new ArrayList<>();
        List<Expr> mean = plainGradient();
        for (int i = 0; i < mean.size(); i++) {
            decayed.add(mean.get(i).plus(lambda.times(loss.state().get(i))));
        }
        return decayed;
    }

    /// The right-hand side of a modified equation in this step.
    /// @param stepSize of the algorithm
    List<Expr> drift(ModifiedEquation equation, Expr stepSize) {
        Map<Sym, Expr> images = new HashMap<>(Map.of(Symbols.STEP_SIZE, stepSize));
        equation.values().forEach((symbol, value) -> {
            String name = symbol.name();
            if (name.startsWith(":") && !symbol.equals(Symbols.STEP_SIZE)) {
                images.put(symbol, step.constant(name.substring(1), value));
            }
        });
        for (Mean m : equation.means()) {
            images.put(m.name(), step.mean(Mean.DATA, Substitution.of(m.body(), images)));
        }
        return Substitution.of(equation.drift(), images);
    }

    /// A matrix S with S S^T = Sigma, the covariance of the gradient over B independent draws, d rows. Of few
    /// examples the columns are those of their gradients less the mean, divided by sqrt(N B); of many, the
    /// Cholesky factor.
    List<List<Expr>> noise() {
        int n = loss.examples();
        int d = loss.dimension();
        Expr batch = Expr.num(settings.whole(Option.BATCH));
        List<Expr> mean = step.means(Mean.DATA, loss.gradient());
        List<List<Expr>> rows = new ArrayList<>();
        if (n == 1) {
            for (int i = 0; i < d; i++) rows.add(List.of());
            return rows;
        }
        if (n <= 2 * d) {
            Expr scale = Expr.num(n).times(batch).sqrt().pow(-1);
            for (int i = 0; i < d; i++) {
                List<Expr> row = new ArrayList<>();
                for (int e = 0; e < n; e++) {
                    row.add(scale.times(example(loss.gradient().get(i), e).minus(mean.get(i))));
                }
                rows.add(row);
            }
            return rows;
        }
        if (d > MOST) {
            throw new UserError(
                    loss.name() + " has " + d + " coordinates; covariances are factored for at most " + MOST);
        }
        return factor(covariance(mean), batch.sqrt().pow(-1));
    }

    /// The variances of the gradient over B independent draws.
    List<Expr> variances() {
        List<Expr> mean = step.means(Mean.DATA, loss.gradient());
        Expr batch = Expr.num(settings.whole(Option.BATCH));
        List<Expr> variances = new ArrayList<>();
        for (int i = 0; i < mean.size(); i++) {
            Expr centred = loss.gradient().get(i).minus(mean.get(i));
            variances.add(step.mean(Mean.DATA, centred.pow(2)).over(batch));
        }
        return variances;
    }

    private Expr example(Expr e, int number) {
        Map<Sym, Expr> values = new HashMap<>();
        for (int c = 0; c < loss.data().names().size(); c++) {
            values.put(loss.data().symbols().get(c), Expr.num(loss.data().value(c, number)));
        }
        return Substitution.of(e, values);
    }

    private List<List<Expr>> covariance(List<Expr> mean) {
        List<List<Expr>> rows = new ArrayList<>();
        for (int i = 0; i < mean.size(); i++) {
            Expr a = loss.gradient().get(i).minus(mean.get(i));
            List<Expr> row = new ArrayList<>();
            for (int j = 0; j <= i; j++) {
                Expr b = loss.gradient().get(j).minus(mean.get(j));
                row.add(step.mean(Mean.DATA, a.times(b)));
            }
            rows.add(row);
        }
        return rows;
    }

    /// The lower triangular factor times a number; a column whose pivot is 0 to rounding is 0.
    private static List<List<Expr>> factor(List<List<Expr>> covariance, Expr scale) {
        int d = covariance.size();
        Expr[][] l = new Expr[d][d];
        for (int j = 0; j < d; j++) {
            for (int k = j + 1; k < d; k++) l[j][k] = Expr.ZERO;
            Expr pivot = covariance.get(j).get(j);
            for (int k = 0; k < j; k++) pivot = pivot.minus(l[j][k].pow(2));
            Expr positive = pivot.minus(covariance.get(j).get(j).times(ROUNDING));
            l[j][j] = Expr.call(Function.MAX, pivot, Expr.ZERO).sqrt();
            for (int i = j + 1; i < d; i++) {
                Expr rest = covariance.get(i).get(j);
                for (int k = 0; k < j; k++) rest = rest.minus(l[i][k].times(l[j][k]));
                l[i][j] = Expr.call(Function.SELECT, positive, rest.over(l[j][j]), Expr.ZERO);
            }
        }
        List<List<Expr>> rows = new ArrayList<>();
        for (Expr[] row : l) rows.add(List.of(row).stream().map(scale::times).toList());
        return rows;
    }

    /// A step of time dt of dx = f dt + b dW: the drift by the trapezoid with Euler's step as its end, the
    /// noise at the start. Weakly of order 2 where b is constant, of order 1 with a constant in proportion to
    /// the noise elsewhere.
    ///
    /// @param extra what is remembered besides the weights
    /// @param drift of the weights, then of the extra state
    /// @param diffusion b, a row for each of those
    Step trapezoid(List<Sym> extra, List<Expr> drift, List<List<Expr>> diffusion) {
        List<Sym> all = new ArrayList<>(loss.state());
        all.addAll(extra);
        List<Expr> z = step.normals(diffusion.getFirst().size());
        Map<Sym, Expr> ahead = new HashMap<>();
        List<Expr> pushes = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            List<Expr> terms = new ArrayList<>();
            for (int k = 0; k < z.size(); k++) {
                terms.add(dt().sqrt().times(diffusion.get(i).get(k)).times(z.get(k)));
            }
            pushes.add(Expr.sum(terms));
            ahead.put(all.get(i), all.get(i).plus(dt().times(drift.get(i))).plus(pushes.get(i)));
        }
        List<Expr> there = at(drift, ahead);
        List<Expr> next = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Expr slope = drift.get(i).plus(there.get(i)).times(Expr.ratio(1, 2));
            next.add(all.get(i).plus(dt().times(slope)).plus(pushes.get(i)));
        }
        return step.build(next);
    }

    /// Expressions at another point, means and all.
    private List<Expr> at(List<Expr> expressions, Map<Sym, Expr> point) {
        return Substitution.of(expressions, s -> {
            Expr moved = point.get(s);
            if (moved != null) return moved;
            return step.means().stream()
                    .filter(m -> m.name().equals(s))
                    .findFirst()
                    .map(m -> step.mean(m.batch(), at(List.of(m.body()), point).getFirst()))
                    .orElse(s);
        });
    }
}
