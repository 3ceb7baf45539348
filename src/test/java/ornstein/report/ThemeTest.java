package ornstein.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ThemeTest {
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

    /// Every sign beyond ASCII in a source file that makes charts.
    private static Set<String> signs() throws IOException {
        Set<String> signs = new TreeSet<>();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(Path.of("src/main/java"))) {
            files = walk.filter(file -> file.toString().endsWith(".java")).toList();
        }
        for (Path file : files) {
            String text = Files.readString(file);
            if (text.contains("stats.chart.Chart;")) {
                ESCAPE.matcher(text)
                        .results()
                        .map(match -> Character.toString(Integer.parseInt(match.group(1), 16)))
                        .forEach(signs::add);
                text.codePoints()
                        .filter(c -> c > 126)
                        .mapToObj(Character::toString)
                        .forEach(signs::add);
            }
        }
        return signs;
    }

    @Test
    void theFontHasEverySignThatChartsUse() throws IOException {
        Set<String> signs = signs();
        assertTrue(signs.contains("\u03bb"));
        signs.remove("\ufffd");
        signs.removeIf(sign -> Theme.font(12).canDisplay(sign.codePointAt(0)));
        assertEquals(new TreeSet<>(), signs);
    }
}
