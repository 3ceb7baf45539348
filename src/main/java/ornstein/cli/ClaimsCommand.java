package ornstein.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ornstein.claim.Claim;
import ornstein.claim.Claims;
import ornstein.claim.Verdict;
import ornstein.report.Grid;
import ornstein.train.data.DataSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ornstein claims`: the claims, their groups, and the verdicts that are committed beside them.
@Command(name = "claims", description = "Lists the claims of validation/ with their last committed verdicts.")
final class ClaimsCommand implements Callable<Integer> {
    private static final Pattern VERDICT = Pattern.compile("\\*\\*("
            + Arrays.stream(Verdict.values()).map(Verdict::text).collect(Collectors.joining("|")) + ")\\*\\*");

    @Mixin
    private final Common common = new Common();

    /// A claim in the answer.
    ///
    /// @param verdicts of its RESULT.md files, by data set
    record Listed(String claim, String group, String title, String statement, Map<String, String> verdicts) {}

    /// The folder of the claims.
    static Path folder() {
        return Path.of(System.getProperty("ornstein.home", "."), "validation");
    }

    @Override
    public Integer call() throws IOException {
        List<Listed> listed = new ArrayList<>();
        for (Claim claim : Claims.read(folder()).all()) {
            listed.add(new Listed(claim.id(), claim.group(), claim.title(), claim.statement(), verdicts(claim)));
        }
        Grid grid = new Grid(
                List.of("claim", "group", "verdict", "what is claimed"),
                listed.stream()
                        .map(c -> List.of(c.claim(), c.group(), text(c.verdicts()), c.title()))
                        .toList());
        return common.answer(listed, grid.text(120));
    }

    private static Map<String, String> verdicts(Claim claim) throws IOException {
        Map<String, String> verdicts = new LinkedHashMap<>();
        for (String data : DataSpec.NAMES) {
            Path result = claim.resultOn(data);
            if (Files.exists(result)) {
                Matcher matcher = VERDICT.matcher(Files.readString(result));
                if (matcher.find()) {
                    verdicts.put(data, matcher.group(1));
                }
            }
        }
        return verdicts;
    }

    private static String text(Map<String, String> verdicts) {
        return verdicts.entrySet().stream()
                .map(entry -> entry.getValue() + (entry.getKey().equals("synthetic") ? "" : " on " + entry.getKey()))
                .collect(Collectors.joining("; "));
    }
}
