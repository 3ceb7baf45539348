package ornstein.method.limit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ornstein.method.Flow;
import ornstein.method.Method;
import ornstein.method.Methods;
import ornstein.method.Motion;
import ornstein.method.OneStep;
import ornstein.method.Option;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.model.Columns;
import ornstein.model.LossModel;

/// Weight decay that joins the gradient is a term lambda |w|^2/2 of the loss: every limit of every algorithm moves
/// alike on both.
class WeightDecayTest {
    private static final double LAMBDA = 0.3;
    private static final double[] AT = {0.8, -0.5};

    /// Limits that are on minimisers: without decay, or of scale-invariant losses.
    private static final Set<String> ON_MINIMISERS = Set.of("slow-sde", "sharpness-flow");

    record Pair(Method limit, String of) {
        @Override
        public String toString() {
            return limit.name() + " of " + of;
        }
    }

    static List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (Method m : Methods.all()) {
            if (m.kind() != Method.Kind.LIMIT || ON_MINIMISERS.contains(m.name())) continue;
            m.about().of().stream().filter(of -> !of.equals("adamw")).forEach(of -> pairs.add(new Pair(m, of)));
        }
        return pairs;
    }

    @Test
    void noLimitIsLeftOut() {
        Set<String> limits = pairs().stream().map(p -> p.limit().name()).collect(Collectors.toSet());
        assertTrue(limits.containsAll(Set.of("gradient-flow", "modified-flow", "principal-flow", "sde1", "sde2")));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void decayIsATermOfTheLoss(Pair pair) {
        Settings settings = Cases.limit(0.05, pair.of(), 0.1);
        boolean adaptive = Set.of("adam", "rmsprop").contains(pair.of());
        if (adaptive) settings = settings.with("eps", 0.1);
        String loss = pair.limit().name().equals("ou-embedding")
                ? "x^2 + x*y/2 + y^2 + a*x + a^2*y/4"
                : "a*x^2/2 + x*y/2 + (y - a^2/4)^2 + y^4/8";
        boolean full = adaptive && pair.limit().name().equals("modified-flow");
        LossModel plain = model(loss, full);
        LossModel ridge = model(loss + " + " + LAMBDA + "*(x^2 + y^2)/2", full);
        double[] with = moved(pair.limit().motion(plain, settings.with(Option.LAMBDA.name(), LAMBDA)));
        double[] without = moved(pair.limit().motion(plain, settings));
        assertArrayEquals(moved(pair.limit().motion(ridge, settings)), with, 1e-9);
        assertTrue(Math.abs(with[0] - without[0]) > 1e-4);
    }

    private static LossModel model(String loss, boolean one) {
        List<String> state = List.of("x", "y");
        return one
                ? Cases.loss(loss.replace("a", "1.5"), state, AT[0], AT[1])
                : Cases.loss(loss, state, Columns.of("a", 0.5, 1, -2), AT[0], AT[1]);
    }

    private static double[] moved(Motion motion) {
        double[] x = AT.clone();
        return switch (motion) {
            case Flow flow -> {
                flow.path().start(x);
                flow.path().step(x, 0, new double[flow.normals()]);
                yield x;
            }
            case Step step -> twice(new OneStep(step));
            default -> throw new AssertionError(motion);
        };
    }

    /// Two steps, so that what is remembered tells.
    private static double[] twice(OneStep step) {
        List<Double> normals = Stream.iterate(0.7, z -> -0.8 * z + 0.1)
                .limit(step.step().normals())
                .toList();
        OneStep.Noise noise =
                new OneStep.Noise(normals, Collections.nCopies(step.step().uniforms(), 0.4), List.of());
        double[] all = step.initial(AT, new double[step.step().extra().size()]);
        return step.next(step.next(all, 0, noise), 1, noise);
    }
}
