package ornstein.method.algorithm;

import java.util.ArrayList;
import java.util.List;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Function;
import ornstein.method.About;
import ornstein.method.Option;
import ornstein.method.Settings;
import ornstein.method.Symbols;

/// K workers take SGD steps from a common point, each on batches of its own, and are set to their mean after every H
/// steps. The state is the workers' mean at all times.
final class LocalSgd implements Algorithm {
    static final Option WORKERS = new Option("workers", 4, 1, 256, "workers, K");
    static final Option LOCAL = new Option("local", 8, 1, 1_000_000, "steps from one averaging to the next, H");

    @Override
    public About about() {
        return About.algorithm(
                        "local-sgd",
                        "Workers that take SGD steps of their own and are averaged every few steps; the state is their"
                                + " mean.",
                        "Stich: Local SGD converges fast and communicates little, ICLR 2019, arXiv:1805.09767")
                .takes(Option.BATCH, Option.LAMBDA, WORKERS, LOCAL)
                .evaluates("K B gradients");
    }

    @Override
    public Expr update(Weight w, Settings settings) {
        int workers = settings.whole(WORKERS);
        List<Sym> points = new ArrayList<>();
        List<Expr> moved = new ArrayList<>();
        for (int i = 0; i < workers; i++) points.add(w.remembered("worker" + i, Weight.VALUE));
        for (int i = 0; i < workers; i++) {
            Expr keep = Expr.ONE.minus(w.h().times(w.lambda()));
            moved.add(keep.times(points.get(i)).minus(w.h().times(w.gradient(i, points.get(i)))));
        }
        Expr mean = Expr.sum(moved).times(Expr.ratio(1, workers));
        settings.whole(LOCAL);
        Expr due = due(w.parameter(LOCAL));
        for (int i = 0; i < workers; i++) {
            w.becomes(points.get(i), Expr.call(Function.SELECT, due, mean, moved.get(i)));
        }
        return mean;
    }

    /// 1 where k + 1 is a multiple of H, else 0; arguments of floor are half a step away from whole numbers.
    private static Expr due(Expr every) {
        Expr after =
                Expr.call(Function.FLOOR, Symbols.STEP.plus(Expr.ratio(3, 2)).over(every));
        Expr before =
                Expr.call(Function.FLOOR, Symbols.STEP.plus(Expr.ratio(1, 2)).over(every));
        return after.minus(before);
    }
}
