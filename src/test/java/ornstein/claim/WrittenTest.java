package ornstein.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenTest {
    @ParameterizedTest
    @CsvSource({
        "5, 5",
        "10, 10",
        "1.6, 1.6",
        "1e-10, 1e-10",
        "0, 0",
        "0.0025, 0.0025",
        "4.9999999999, 5",
        "-1.253, -1.253",
        "2.5e9, 2.5e+9"
    })
    void numbersAreShort(double number, String written) {
        assertEquals(written, Written.of(number));
    }
}
