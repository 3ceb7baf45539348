package ornstein.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The lines of [DeviceSteps] as tables for BENCHMARKS.md: the largest difference, single precision / double
/// precision, of each model and method of the catalog. Where paths differ by more than [DeviceSteps#ULPS],
/// the share of their bound follows in brackets.
public final class StepTable {
    private StepTable() {}

    /// Prints the tables of a file of lines.
    public static void main(String[] arguments) throws IOException {
        System.out.print(of(Files.readAllLines(Path.of(arguments[0]))));
    }

    /// @param lines in any order
    public static String of(List<String> lines) {
        Map<String, String> cells = new TreeMap<>();
        for (String line : lines) {
            String[] parts = line.split("\t");
            cells.put(parts[0] + " " + parts[1], cell(parts));
        }
        List<String> losses = new ArrayList<>();
        List<String> equations = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        Cases.catalog().forEach(c -> names.add(c.model().name()));
        for (String model : names) (cells.containsKey(model + " sgd F32") ? losses : equations).add(model);
        return table("equation", equations, cells) + "\n" + table("loss", losses, cells);
    }

    private static String cell(String[] parts) {
        if (parts[2].equals("failed")) return "failed";
        String ulps =
                String.format(Locale.ROOT, "%.3g", Double.parseDouble(parts[2])).replaceAll("\\.?0+$", "");
        if (Double.parseDouble(parts[2]) >= 100)
            ulps = String.format(Locale.ROOT, "%.0f", Double.parseDouble(parts[2]));
        return parts[4].equals("0") ? ulps : ulps + " (" + parts[5] + ")";
    }

    private static String table(String kind, List<String> models, Map<String, String> cells) {
        List<String> methods = new ArrayList<>();
        for (Cases.Case c : Cases.catalog()) {
            String method = c.name().substring(c.name().indexOf(' ') + 1);
            if (models.contains(c.model().name()) && !methods.contains(method)) methods.add(method);
        }
        StringBuilder text = new StringBuilder("| " + kind + " | " + String.join(" | ", methods) + " |\n|---|");
        text.append("---:|".repeat(methods.size())).append('\n');
        for (String model : models) {
            text.append("| ").append(model);
            for (String method : methods) {
                String single = cells.get(model + " " + method + " F32");
                String wide = cells.get(model + " " + method + " F64");
                boolean has = single != null || wide != null;
                text.append(" | ").append(has ? single + " / " + wide : "");
            }
            text.append(" |\n");
        }
        return text.toString().replace("null", "-");
    }
}
