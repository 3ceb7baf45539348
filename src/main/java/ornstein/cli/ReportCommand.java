package ornstein.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import ornstein.report.Block;
import ornstein.report.Overlay;
import ornstein.report.Page;
import ornstein.report.RunPage;
import ornstein.run.Manifest;
import ornstein.stats.chart.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ornstein report`: pages from stored results, without computing anything anew.
@Command(
        name = "report",
        description =
                "Remakes the page and figures of a run from its stored results; with several runs, --clock or --out,"
                        + " lays them over each other on one clock in a folder of their own.")
final class ReportCommand implements Callable<Integer> {
    @Mixin
    private Common common = new Common();

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Folder of a run, as it is or below runs/.")
    private List<Path> runs = List.of();

    @Option(
            names = "--clock",
            paramLabel = "CLOCK",
            description = "How times are counted: steps (k), gradient (eta k), slow (eta^2 k) or intrinsic"
                    + " (eta lambda k) (default: as the first run).")
    private @Nullable Clock clock;

    @Override
    public Integer call() throws Exception {
        List<Path> folders = runs.stream().map(ReportCommand::folder).toList();
        if (folders.size() == 1 && clock == null && !common.hasOut()) {
            Path folder = folders.getFirst();
            return write(folder, RunPage.read(folder));
        }
        Map<String, Page> pages = new LinkedHashMap<>();
        var commands = new ArrayList<Block>(List.of(new Block.Heading("The runs")));
        var hashes = new ArrayList<String>();
        for (Path folder : folders) {
            Page page = RunPage.read(folder);
            Manifest manifest = Manifest.read(folder);
            String name = manifest.name();
            pages.put(pages.containsKey(name) ? folder.getFileName().toString() : name, page);
            commands.add(new Block.Code(folder + "\n" + String.join(" ", manifest.commandLine())));
            hashes.add(manifest.hash());
        }
        var blocks = new ArrayList<Block>();
        Page overlay = Overlay.of(pages, clock);
        blocks.addAll(overlay.blocks());
        blocks.addAll(commands);
        var plan = common.plan("overlay", Map.of("runs", hashes, "clock", clock == null ? "first" : clock.id()));
        return common.run(plan, true, folder -> write(folder.path(), new Page(overlay.title(), blocks)));
    }

    private static Path folder(Path named) {
        Path below = Path.of("runs").resolve(named);
        return !Files.exists(named) && Files.exists(below) ? below : named;
    }

    private int write(Path folder, Page page) {
        String warning = RunPage.write(folder, page);
        if (warning != null) {
            common.note(warning);
        }
        String html = folder.resolve(RunPage.HTML).toString();
        return common.answer(Map.of("report", html), html);
    }
}
