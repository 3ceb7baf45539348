package ornstein.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class GridTest {
    @Test
    void alignsNumbersToTheRightAndBreaksTheLastColumn() {
        var grid = new Grid(
                List.of("name", "n", "about"),
                List.of(
                        List.of("ou", "1", "Ornstein-Uhlenbeck process with one very long description"),
                        List.of("\u03bb\u03b7", "1000", "short\n\u001b[31m")));
        assertEquals("""
                name     n  about
                ou       1  Ornstein-Uhlenbeck
                            process with one very
                            long description
                \u03bb\u03b7    1000  short \ufffd[31m
                """, grid.text(20));
        assertTrue(grid.text().contains("one very long description\n"));
    }

    @Test
    void refusesRowsOfAnotherWidth() {
        assertThrows(IllegalArgumentException.class, () -> new Grid(List.of("a"), List.of(List.of("1", "2"))));
    }

    @Test
    void valuesTakeTheDigitsOfTheirErrors() {
        assertEquals("1.019 \u00b1 0.028", Numbers.withError(1.01949, 0.02846));
        assertEquals("1682.0 \u00b1 1.0", Numbers.withError(1681.96, 0.999));
        assertEquals("-3.00 \u00b1 0.10", Numbers.withError(-3.001, 0.1));
        assertEquals("1.5e8 \u00b1 1200000", Numbers.withError(1.5e8, 1.2e6));
        assertEquals("1.019", Numbers.withError(1.019, 0));
        assertEquals("1.019", Numbers.withError(1.019, Double.NaN));
    }

    @Test
    void writesNumbersShortly() {
        assertEquals("0.0512", Numbers.text(0.05123e0 - 0.00003));
        assertEquals("1235", Numbers.text(1234.6));
        assertEquals("1000000", Numbers.text(1e6));
        assertEquals("1.235e12", Numbers.text(1.23456e12));
        assertEquals("-1.5e-7", Numbers.text(-1.5e-7));
        assertEquals("0", Numbers.text(-0.0));
        assertEquals("\u221e", Numbers.text(Double.POSITIVE_INFINITY));
        assertEquals(Numbers.NONE, Numbers.text(Double.NaN));
        assertEquals(Numbers.NONE, Numbers.text((Double) null));
    }
}
