package ornstein.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// `timings.csv`: how long the units of a run took, which no result depends on.
public final class Timings {
    private Timings() {}

    /// Writes it from the journal, a row a unit: its seconds, other numbers that were noted of it, the attempts at the
    /// run, the machine.
    ///
    /// @param facts names of the other numbers
    public static void write(RunFolder folder, String... facts) {
        int attempts = folder.journal().entries("begun").size()
                + folder.journal().entries("resumed").size();
        StringBuilder text = new StringBuilder("unit,seconds");
        for (String fact : facts) text.append(',').append(fact);
        text.append(",attempts,host\n");
        for (JsonNode entry : folder.journal().entries("done")) {
            text.append(entry.path("unit").asString(""));
            text.append(
                    String.format(Locale.ROOT, ",%.3f", entry.path("seconds").asDouble(0)));
            for (String fact : facts) {
                text.append(String.format(Locale.ROOT, ",%.3f", entry.path(fact).asDouble(0)));
            }
            text.append(',').append(attempts).append(',').append(host()).append('\n');
        }
        folder.writeAtomically("timings.csv", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
