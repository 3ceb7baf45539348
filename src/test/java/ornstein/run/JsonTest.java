package ornstein.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ornstein.spec.UserError;

class JsonTest {
    record Result(String zeta, double value, @Nullable Double boxed, List<Double> list, float single) {}

    @Test
    void whatIsNotFiniteIsNull() {
        Object value = new Result("z", Double.NaN, Double.NEGATIVE_INFINITY, Arrays.asList(1.5, Double.NaN), Float.NaN);
        assertEquals(
                "{\"zeta\":\"z\",\"value\":null,\"boxed\":null,\"list\":[1.5,null],\"single\":null}", Json.line(value));
        assertEquals("[0.1,null]", Json.line(new double[] {0.1, Double.POSITIVE_INFINITY}));
        assertEquals("[[0.1],[null]]", Json.line(new float[][] {{0.1f}, {Float.NaN}}));
        assertEquals("[null]", Json.line(new Object[] {Double.NaN}));
        assertEquals("{\"a\":null}", Json.line(Map.of("a", Float.POSITIVE_INFINITY)));
        assertTrue(Double.isNaN(Json.parse(Json.line(new Result("", Double.NaN, null, List.of(), 0)), Result.class)
                .value()));
    }

    @Test
    void bytesAreAFunctionOfTheValue() {
        assertEquals("{\"a\":2,\"b\":1,\"c\":3}", Json.line(Map.of("b", 1, "a", 2, "c", 3)));
        assertEquals(
                Json.hash(new Result("z", 1, 2.0, List.of(3.0), 4)),
                Json.hash(Json.tree(new Result("z", 1, 2.0, List.of(3.0), 4))));
        assertEquals(
                "{\"boxed\":2.0,\"list\":[],\"single\":4.0,\"value\":1.0,\"zeta\":\"z\"}",
                Json.canonical(new Result("z", 1, 2.0, List.of(), 4)));
        assertEquals("{\n  \"a\" : 1\n}\n", Json.pretty(Map.of("a", 1)));
        // echo -n '{"a":1}' | sha256sum
        assertEquals("015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862", Json.hash(Map.of("a", 1)));
    }

    @Test
    void everyDoubleReadsBack() {
        for (double x :
                new double[] {0.1, Double.MIN_NORMAL / 3, Double.MAX_VALUE, -0.0, 1.0 / 3, 1e22, Double.MIN_VALUE}) {
            assertEquals(x, Json.parse(Json.line(x), Double.class));
        }
        assertEquals(9007199254740993L, Json.parse(Json.line(9007199254740993L), Long.class));
    }

    @Test
    void aDamagedFileIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("r.json"), "{\"zeta\":");
        String message = assertThrows(UserError.class, () -> Json.read(file, Result.class))
                .getMessage();
        assertTrue(message.startsWith(file + " is damaged: "), message);
    }
}
