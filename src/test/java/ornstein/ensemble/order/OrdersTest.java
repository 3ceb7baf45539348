package ornstein.ensemble.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
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
import ornstein.spec.UserError;

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

    private static final Map<Noise, List<String>> WEAK = new EnumMap<>(Map.of(
            Noise.ADDITIVE,
            List.of(
                    sde("drift: ['-x + y', '0.3 - 0.7*y - x/2']", "[[0.6, 0.2], [0, 0.5]]"),
                    sde("potential: x^2 + x*y/2 + y^2/2", "0.7", "friction: 1.5")),
            Noise.DIAGONAL,
            List.of(sde("drift: ['-x + y/2', '0.3 - 0.7*y - x/2']", "['0.6*x', '0.5*y + 0.2']")),
            Noise.SCALAR,
            List.of(sde("drift: ['-x + y/2', '0.3 - 0.7*y - x/2']", "[['0.6*x + 0.1'], ['0.5*x - 0.3*y']]")),
            Noise.COMMUTATIVE,
            List.of(sde("drift: ['-x + y/2', '-0.7*y - x/2']", "[['0.4*x', '-0.5*y'], ['0.4*y', '0.5*x']]")),
            Noise.GENERAL,
            List.of(sde(
                    "drift: ['-x + y/2', '0.3 - 0.7*y - x/2']", "[['0.5*y', '0.3*x'], ['0.2', '0.5*x - 0.4*y']]"))));

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
        return cases(Order::strong);
    }

    static Stream<Case> weak() {
        return cases(Order::weak);
    }

    private static Stream<Case> cases(Function<Order, OptionalDouble> claim) {
        return Methods.all().stream()
                .flatMap(m -> m.orders().stream()
                        .filter(o -> claim.apply(o).isPresent())
                        .map(o -> new Case(m, o.noise())));
    }

    private static Convergence on(Case c, List<String> problems) {
        UserError last = null;
        for (String text : problems) {
            SdeModel model = (SdeModel) Problems.of(text);
            assertEquals(c.noise(), model.noise().iterator().next());
            try {
                Convergence asked =
                        new Convergence(model, c.method(), Map.of(), Optional.empty(), 1, COARSEST, SIZES, PATHS, 1, 2);
                if (!(c.method() instanceof EstimatorMethod)) asked.steps(c.method(), Map.of(), 1);
                return asked;
            } catch (UserError e) {
                last = e;
            }
        }
        throw new AssertionError(c + " takes none of its problems: " + last.getMessage(), last);
    }

    @ParameterizedTest
    @MethodSource("strong")
    void strongOrdersAreAsClaimed(Case c) {
        Convergence asked = on(c, STRONG);
        check(asked.strong(new Interruption()), 0.1);
    }

    @ParameterizedTest
    @MethodSource("weak")
    void weakOrdersAreAsClaimed(Case c) {
        Convergence asked = on(c, WEAK);
        double claimed = asked.claimed(false).orElse(Double.NaN);
        check(asked.weak(new Interruption()), claimed > 1.5 ? 0.2 : 0.1);
    }

    private static Convergence on(Case c, Map<Noise, List<String>> problems) {
        return on(c, problems.getOrDefault(c.noise(), List.of()));
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
        var strong = on(c, STRONG).strong(new Interruption()).orElseThrow();
        assertTrue(strong.order().interval().hi() < 0.7, () -> String.valueOf(strong.order()));
    }
}
