package ornstein.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import ornstein.claim.Claim;
import ornstein.claim.Claims;
import ornstein.claim.Verdict;
import ornstein.report.Grid;
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
    /// @param verdict of its RESULT.md; null where there is none
    record Listed(
            String claim,
            String group,
            String title,
            String statement,
            @Nullable String verdict) {}

    /// The folder of the claims.
    static Path folder() {
        return Path.of(System.getProperty("ornstein.home", "."), "validation");
    }

    @Override
    public Integer call() throws IOException {
        List<Listed> listed = new ArrayList<>();
        for (Claim claim : Claims.read(folder()).all()) {
            listed.add(new Listed(claim.id(), claim.group(), claim.title(), claim.statement(), verdict(claim)));
        }
        Grid grid = new Grid(
                List.of("claim", "group", "verdict", "what is claimed"),
                listed.stream()
                        .map(c -> List.of(c.claim(), c.group(), c.verdict() == null ? "" : c.verdict(), c.title()))
                        .toList());
        return common.answer(listed, grid.text(120));
    }

    private static @Nullable String verdict(Claim claim) throws IOException {
        Path result = claim.folder().resolve("RESULT.md");
        if (!Files.exists(result)) {
            return null;
        }
        Matcher matcher = VERDICT.matcher(Files.readString(result));
        return matcher.find() ? matcher.group(1) : null;
    }
}
