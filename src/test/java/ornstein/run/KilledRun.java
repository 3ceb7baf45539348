package ornstein.run;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A run of 40 units in a process of its own, to be killed: unit k writes the square of k, and the run ends with all
/// of them in `results.csv`. Prints a line for each unit.
final class KilledRun {
    private KilledRun() {}

    public static void main(String[] arguments) throws InterruptedException {
        Interruption interruption = Interruption.ofSignals();
        RunPlan plan = new RunPlan("test", "killed", List.of(40), 1, List.of());
        var place = new RunFolder.Place(Path.of("."), Path.of(arguments[0]), false, false);
        int redone = 0;
        try (RunFolder folder = RunFolder.open(plan, place)) {
            for (int k = 0; k < 40; k++) {
                if (folder.isDone("unit-" + k)) {
                    continue;
                }
                redone++;
                folder.writeAtomically("unit-" + k, String.valueOf(k * k).getBytes(StandardCharsets.UTF_8));
                folder.done("unit-" + k);
                System.out.println("unit " + k);
                interruption.check();
                Thread.sleep(Long.parseLong(arguments[1]));
            }
            folder.writeAtomically("results.csv", out -> {
                for (int k = 0; k < 40; k++) {
                    out.write(Files.readAllBytes(folder.file("unit-" + k)));
                    out.write('\n');
                }
            });
            folder.finish();
            System.out.println("finished, did " + redone);
        } catch (Interrupted e) {
            System.exit(130);
        }
    }
}
