package ornstein.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TicksTest {
    private static List<String> labels(List<Ticks.Mark> marks) {
        return marks.stream()
                .map(Ticks.Mark::label)
                .filter(label -> !label.isEmpty())
                .toList();
    }

    @Test
    void linearTicksAreRoundNumbers() {
        assertEquals(List.of("0", "0.2", "0.4", "0.6", "0.8", "1"), labels(Ticks.linear(0, 1, 6)));
        assertEquals(List.of("\u22122", "0", "2"), labels(Ticks.linear(-3, 3, 4)));
        assertEquals(List.of("0", "5\u00d710\u2075", "10\u2076"), labels(Ticks.linear(0, 1.1e6, 4)));
        assertEquals(List.of("0", "2\u00d710\u207b\u2077", "4\u00d710\u207b\u2077"), labels(Ticks.linear(0, 5e-7, 3)));
    }

    @Test
    void logarithmicTicksArePowersOfTenWithMinorOnes() {
        List<Ticks.Mark> marks = Ticks.log(0.01, 100, 8);
        assertEquals(List.of("10\u207b\u00b2", "10\u207b\u00b9", "10\u2070", "10\u00b9", "10\u00b2"), labels(marks));
        assertEquals(4 * 9 + 1, marks.size());
        assertEquals(List.of("0.002", "0.005", "0.01", "0.02"), labels(Ticks.log(0.0018, 0.04, 8)));
        assertEquals(List.of("10", "10.2", "10.4", "10.6", "10.8", "11"), labels(Ticks.log(10, 11, 6)));
    }

    @Property
    void ticksLieInTheRangeAndAreNeitherNoneNorTooMany(
            @ForAll @DoubleRange(min = -300, max = 290) double power,
            @ForAll @DoubleRange(min = 0.01, max = 300) double decades) {
        double lo = Math.pow(10, power);
        double hi = Math.min(Math.pow(10, power + decades), 1e307);
        for (List<Ticks.Mark> marks : List.of(Ticks.log(lo, hi, 7), Ticks.linear(lo, hi, 7))) {
            int count = labels(marks).size();
            assertTrue(count >= 1 && count <= 8, count + " labels from " + lo + " to " + hi);
            for (Ticks.Mark mark : marks) {
                double slack = 1e-6 * Math.min(hi - lo, mark.value() == 0 ? hi : mark.value());
                assertTrue(mark.value() >= lo - slack && mark.value() <= hi + slack, mark + " from " + lo);
            }
        }
    }
}
