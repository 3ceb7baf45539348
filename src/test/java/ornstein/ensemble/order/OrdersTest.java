package ornstein.ensemble.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ornstein.method.EstimatorMethod;
import ornstein.method.Method;
import ornstein.method.Methods;
import ornstein.method.Order;
import ornstein.model.Noise;
import ornstein.model.SdeModel;
import ornstein.run.Interruption;

/// Every method has the orders that it claims, on a problem of each kind of noise: strong orders on equations that are
/// not linear, weak orders on linear ones, whose moments are exact. A method that joins [Methods] is tested here
/// without a line more.
@SuppressWarnings("NullAway") // a missing estimate fails the test
class OrdersTest {
    private static final int COARSEST = 5;
    private static final int SIZES = 5;
    private static final int PATHS = 1024;

    /// Problems of each kind of noise and of none more special, for a method the first that it takes.
    private static final Map<Noise, List<String>> STRONG = new EnumMap<>(Map.of(
            Noise.ADDITIVE,
            List.of(
                    sde("drift: ['-x + sin(3*y)', '-y - cos(2*x)']", "[[1, 0.4], [0, 1]]"),
                    sde("potential: (x^2 + y^2)/2 + sin(x + 2*y)/2", "0.7", "friction: 1.5")),
            Noise.DIAGONAL,
            List.of(sde("drift: ['-x + sin(y)/2', '-y + cos(x)/2']", "['sqrt(1 + x^2)/2', '0.6*cos(y)']")),
            Noise.SCALAR,
            List.of(sde("drift: ['-x + sin(y)/2', '-y + cos(x)/2']", "[['0.7*cos(x)'], ['0.5*sin(y)']]")),
            Noise.COMMUTATIVE,
            List.of(sde("drift: ['-x/4 + sin(y)/4', '-y/4']", "[['0.4*x', '-0.5*y'], ['0.4*y', '0.5*x']]")),
            Noise.GENERAL,
            List.of(sde("drift: ['-x/4 + sin(y)/4', '-y/4']", "[['0.5*y', '0.1*x'], ['0.1', '0.5*x']]"))));

    private static final String AMPLE = "parameters: {s: 1}";

    /// The noise is in proportion to s.
    private static final Map<Noise, List<String>> WEAK = new EnumMap<>(Map.of(
            Noise.ADDITIVE,
            List.of(
                    sde("drift: ['-x + y', '0.3 - 0.7*y - x/2']", "[[0.6*s, 0.2*s], [0, 0.5*s]]", AMPLE),
                    sde("potential: x^2 + x*y/2 + y^2/2", "0.7*s", "friction: 1.5", AMPLE)),
            Noise.DIAGONAL,
            List.of(sde("drift: ['-x + y/2', '0.3 - 0.7*y - x/2']", "['0.6*s*x', '0.5*s*y + 0.2*s']", AMPLE)),
            Noise.SCALAR,
            List.of(sde(
                    "drift: ['-x + y/2', '0.3 - 0.7*y - x/2']", "[['0.6*s*x + 0.1*s'], ['0.5*s*x - 0.3*s*y']]", AMPLE)),
            Noise.COMMUTATIVE,
            List.of(sde(
                    "drift: ['-x + y/2', '-0.7*y - x/2']", "[['0.4*s*x', '-0.5*s*y'], ['0.4*s*y', '0.5*s*x']]", AMPLE)),
            Noise.GENERAL,
            List.of(sde(
                    "drift: ['-x + y/2', '0.3 - 0.7*y - x/2']",
                    "[['0.5*s*y', '0.3*s*x'], ['0.2*s', '0.5*s*x - 0.4*s*y']]",
                    AMPLE))));

    /// As above with little noise, for steps whose moments are not exact: it hides the errors of paths less.
    private static final Map<Noise, List<String>> CALM = new EnumMap<>(WEAK);

    static {
        CALM.replaceAll((_, all) -> all.stream()
                .map(text -> text.replace(AMPLE, "parameters: {s: 0.1}"))
                .toList());
    }

    private static String sde(String drift, String diffusion, String... more) {
        return "kind: sde\nname: problem\nstate: [x, y]\n" + drift + "\ndiffusion: " + diffusion
                + "\nstart: [0.8, 0.5]\n" + String.join("\n", more) + "\n";
    }

    record Case(Method method, Noise noise) {
        @Override
        public String toString() {
            return method.name() + ", " + noise.name().toLowerCase(Locale.ROOT);
        }
    }

    static Stream<Case> strong() {
        return cases(STRONG, true);
    }

    static Stream<Case> weak() {
        return cases(WEAK, false);
    }

    /// A row for each kind of noise that a method takes and has an order for, claimed for that kind or for a
    /// wider one.
    private static Stream<Case> cases(Map<Noise, List<String>> problems, boolean strong) {
        return Methods.all().stream()
                .flatMap(m -> Stream.of(Noise.values()).map(n -> new Case(m, n)))
                .filter(c -> on(c, problems)
                        .filter(asked -> asked.claimed(strong).isPresent())
                        .isPresent());
    }

    /// The first of the problems that the method takes.
    private static Optional<Convergence> on(Case c, Map<Noise, List<String>> problems) {
        for (String text : problems.get(c.noise())) {
            SdeModel model = (SdeModel) Problems.of(text);
            assertEquals(c.noise(), model.noise().iterator().next());
            if (!c.method().suits(model)) continue;
            return Optional.of(
                    new Convergence(model, c.method(), Map.of(), Optional.empty(), 1, COARSEST, SIZES, PATHS, 1, 2));
        }
        return Optional.empty();
    }

    /// No integrator and no kind of noise that one claims, or takes, is without a row; multilevel Monte Carlo, which
    /// has a tolerance in place of an order, is in [ornstein.ensemble.estimator.EstimatorsTest].
    @Test
    void noMethodAndNoNoiseIsLeftOut() {
        Set<Case> rows = Stream.concat(strong(), weak()).collect(Collectors.toSet());
        for (Method m : Methods.all()) {
            if (m.kind() != Method.Kind.INTEGRATOR || m.equals(EstimatorMethod.MLMC)) continue;
            for (Order o : m.orders()) assertTrue(rows.contains(new Case(m, o.noise())), m.name() + ", " + o.noise());
            for (Noise noise : Noise.values()) {
                Case c = new Case(m, noise);
                boolean taken = Stream.of(STRONG, WEAK).anyMatch(p -> on(c, p).isPresent());
                assertEquals(taken, rows.contains(c), c::toString);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("strong")
    void strongOrdersAreAsClaimed(Case c) {
        Convergence asked = on(c, STRONG).orElseThrow();
        check(asked.strong(new Interruption()), 0.1);
    }

    @ParameterizedTest
    @MethodSource("weak")
    void weakOrdersAreAsClaimed(Case c) {
        Convergence asked = on(c, WEAK).orElseThrow();
        if (!hasExactMoments(asked)) asked = on(c, CALM).orElseThrow();
        double claimed = asked.claimed(false).orElse(Double.NaN);
        check(asked.weak(new Interruption()), claimed > 1.5 ? 0.2 : 0.1);
    }

    private static boolean hasExactMoments(Convergence asked) {
        return asked.method() instanceof EstimatorMethod
                || MomentMap.of(asked.steps(asked.method(), Map.of(), 1).getFirst())
                        .isPresent();
    }

    private static void check(Optional<Convergence.Measured> measured, double within) {
        Convergence.Measured m = measured.orElseThrow();
        assertTrue(m.limit() == null || m.limit().agrees(), () -> "another limit: " + m.limit());
        double claimed = m.claimed().getAsDouble();
        assertEquals(Double.isInfinite(claimed), m.exact());
        if (m.exact()) return;
        assertNotNull(m.order(), m::how);
        assertEquals(claimed, m.order().value(), within, m::how);
    }

    /// The instrument tells what is not so: Euler-Maruyama has not order 1 on noise that depends on the state.
    @Test
    void aWrongClaimIsSeen() {
        Case c = new Case(Methods.named("euler-maruyama"), Noise.GENERAL);
        var strong = on(c, STRONG).orElseThrow().strong(new Interruption()).orElseThrow();
        assertTrue(strong.order().interval().hi() < 0.7, () -> String.valueOf(strong.order()));
    }
}
