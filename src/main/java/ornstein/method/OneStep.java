package ornstein.method;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ornstein.expr.Eval;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;

/// One [Step] at given noise and batches, node by node in double precision: the reference for compiled code, and what
/// enumerates small noises. Slow; not for use by several threads.
public final class OneStep {
    /// The random input of a step.
    ///
    /// @param batches the examples of each batch of the step
    public record Noise(List<Double> normals, List<Double> uniforms, List<List<Integer>> batches) {
        public Noise {
            normals = List.copyOf(normals);
            uniforms = List.copyOf(uniforms);
            batches = batches.stream().map(List::copyOf).toList();
        }

        /// Of a step without any.
        public static final Noise NONE = new Noise(List.of(), List.of(), List.of());
    }

    private final Step step;
    private final List<Sym> coordinates;
    private final Map<String, Double> point = new HashMap<>();

    public OneStep(Step step) {
        this.step = step;
        coordinates = step.coordinates();
        step.values().forEach((symbol, value) -> point.put(symbol.name(), value));
    }

    public Step step() {
        return step;
    }

    /// All coordinates at the start: those of the state, then the method's own.
    /// @param normals the own normal of each coordinate of the method, see [Symbols#START]
    public double[] initial(double[] state, double[] normals) {
        int d = step.state().size();
        for (int i = 0; i < d; i++) point.put(coordinates.get(i).name(), state[i]);
        double[] all = java.util.Arrays.copyOf(state, coordinates.size());
        for (int k = d; k < all.length; k++) {
            point.put(Symbols.START.name(), normals[k - d]);
            all[k] = Eval.of(step.extra().get(k - d).initial(), point);
        }
        return all;
    }

    /// The coordinates after step number `k`; not numbers where the step says that it has failed.
    public double[] next(double[] x, long k, Noise noise) {
        for (int i = 0; i < x.length; i++) point.put(coordinates.get(i).name(), x[i]);
        point.put(Symbols.TIME.name(), k * step.stepSize());
        point.put(Symbols.STEP.name(), (double) k);
        for (int j = 0; j < step.normals(); j++) {
            point.put(Symbols.normal(j).name(), noise.normals().get(j));
        }
        for (int j = 0; j < step.uniforms(); j++) {
            point.put(Symbols.uniform(j).name(), noise.uniforms().get(j));
        }
        for (Mean mean : step.means()) point.put(mean.name().name(), mean(mean, noise));
        List<Expr> wanted = new ArrayList<>(step.next());
        step.failure().ifPresent(wanted::add);
        double[] values = Eval.of(wanted, point);
        double[] next = java.util.Arrays.copyOf(values, x.length);
        if (values.length > x.length && !(values[x.length] <= 0)) java.util.Arrays.fill(next, Double.NaN);
        return next;
    }

    private double mean(Mean mean, Noise noise) {
        int examples = step.data().examples();
        double sum = 0;
        if (mean.batch() == Mean.DATA) {
            for (int i = 0; i < examples; i++) {
                if (i < step.normals()) {
                    point.put(Symbols.NORMAL_OF_EXAMPLE.name(), noise.normals().get(i));
                }
                sum += body(mean, i);
            }
            return sum / examples;
        }
        List<Integer> batch = noise.batches().get(mean.batch());
        for (int i : batch) sum += body(mean, i);
        return sum / batch.size();
    }

    private double body(Mean mean, int example) {
        List<String> names = step.data().names();
        for (int c = 0; c < names.size(); c++)
            point.put(names.get(c), step.data().value(c, example));
        return Eval.of(mean.body(), point);
    }
}
