package ornstein.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolynomialTest {
    private static final List<Expr.Sym> STATE = List.of(Expr.sym("x"), Expr.sym("y"));

    private static boolean is(String text, int degree) {
        return Polynomial.isIn(Parser.parse(text, List.of("x", "y", "a", "t"), "test"), STATE, degree);
    }

    /// The least degree from 0 to 3, or none: 9.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "1; 0",
                "a^2*exp(t); 0",
                "a*x - y/3; 1",
                "x*y; 2",
                "(x + y)^2 - 2*x*y; 2",
                "(x + 1)^2 - x^2; 1",
                "(x - y)*(x + y) + y^2 - x^2; 0",
                "x^3*sin(a); 3",
                "abs(x); 9",
                "max(x, 0); 9",
                "sign(x); 9",
                "floor(x) + y; 9",
                "select(x, y, -y); 9",
                "sqrt(x^2); 9",
                "x/y; 9",
                "x^a; 9",
                "x^4; 9",
                "1/(1 + x^2); 9",
            })
    void degreesAreThoseOfMathematics(String text, int degree) {
        for (int n = 0; n <= 3; n++) assertEquals(n >= degree, is(text, n), text + " of degree " + n);
    }

    @Test
    void largeProductsAreToldAtOnce() {
        String product =
                IntStream.range(0, 3000).mapToObj(i -> "(x + " + i + ")").collect(Collectors.joining("*"));
        assertFalse(is(product, 2));
        assertFalse(is("((((x + 1)^99 + x)^99 + x)^99 + y)^99", 2));
    }
}
