package ornstein.claim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ornstein.claim.ClaimResult;
import ornstein.claim.Claims;
import ornstein.claim.Context;
import ornstein.claim.Prediction;
import ornstein.claim.Scale;
import ornstein.claim.Units;
import ornstein.claim.Verdict;
import ornstein.run.Interrupted;
import ornstein.run.Interruption;
import ornstein.run.Progress;
import ornstein.run.RunFolder;
import ornstein.run.RunPlan;
import ornstein.spec.UserError;
import ornstein.stats.chart.Chart;
import ornstein.train.data.DataStore;

/// The experiments on weights, from claim.yaml through real training to a result, on tiny networks.
class WeightsTest {
    private static final String OU = """
            settings:
                synthetic:
                  quick: {network: mlp-wn-24, train: 256, held-out: 100, batch: 8, eta: 1, weight-decay: 0.05,
                          checkpoints: 3, siblings: 4, starts: [2, 4], lags: [0.4, 1.6, 4], modes: 2, products: 8,
                          noise-examples: 64, micros: 20}
            """;

    private static final String NORM = """
            settings:
                synthetic:
                  quick: {network: mlp-wn-24, train: 256, batch: 16, eta: 1, weight-decay: 0.03, replicas: 3, pairs: 2,
                          equilibrate: 4, traced: 1, micros: 20}
            """;

    @TempDir
    private Path folder;

    private record Tiny(int version) {}

    private void claim(String id, String kind, String limits, String settings) throws IOException {
        Path claim = folder.resolve("validation/" + id.toLowerCase(java.util.Locale.ROOT) + "-tiny");
        Files.createDirectories(claim);
        Files.writeString(claim.resolve("claim.yaml"), """
                id: %s
                title: Tiny
                group: tiny
                statement: s
                prediction: p
                source: none
                experiment:
                  kind: %s
                  limits: %s
                  %s
                """.formatted(id, kind, limits, settings));
    }

    private Validation validation() {
        DataStore store = new DataStore(null, (task, unit, total, before) -> Progress.silent());
        return new Validation(
                Claims.read(folder.resolve("validation")).all(), new Context(Scale.QUICK, "synthetic", 1, store::load));
    }

    /// Runs all claims, interrupted after so many told fractions of work; as many times as it takes.
    private List<ClaimResult> run(String name, int threads, long patience) throws IOException {
        for (int attempt = 0; attempt < 200; attempt++) {
            Interruption interruption = new Interruption();
            long[] told = {0};
            try (RunFolder run = RunFolder.open(
                    new RunPlan("validate", name, new Tiny(1), 1, List.of("ornstein")),
                    new RunFolder.Place(folder.resolve("runs"), null, false, false))) {
                Validation validation = validation();
                Units units = new Units(run, threads, interruption, (task, unit, total, before) -> new Progress() {
                    @Override
                    public void step(long amount) {
                        if (++told[0] > patience) {
                            interruption.request();
                        }
                    }

                    @Override
                    public void note(String message) {}

                    @Override
                    public void close() {}
                });
                validation.run(units);
                List<ClaimResult> results = validation.analyse(units);
                ResultTables.results(folder.resolve(name), results);
                return results;
            } catch (Interrupted e) {
                interruptions++;
            }
        }
        throw new AssertionError("no end after many interruptions");
    }

    private int interruptions;

    private void sameAfterInterruptions() throws IOException {
        run("whole", 1, Long.MAX_VALUE);
        interruptions = 0;
        run("broken", 2, 5);
        assertTrue(interruptions > 0, "nothing was interrupted");
        assertEquals(-1, Files.mismatch(folder.resolve("whole/results.csv"), folder.resolve("broken/results.csv")));
    }

    @Test
    void distancesAndAveragesShareTheirRuns() throws IOException {
        claim("C05", "ou-distance", "{early: 1.6, late: 4, ratio: 1.253, siblings: 1.25, age: 0.1}", OU);
        claim("C06", "weight-averaging", "{lag: 0.4}", "settings: C05");
        List<ClaimResult> results = run("whole", 1, Long.MAX_VALUE);
        try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
            List<String> names =
                    files.map(file -> String.valueOf(file.getFileName())).toList();
            assertEquals(
                    3, names.stream().filter(name -> name.startsWith("fork-")).count());
            assertEquals(0, names.stream().filter("training"::equals).count(), "snapshots are cleared away");
        }
        ClaimResult distance = results.getFirst();
        assertEquals(
                List.of("S0", "S1 T=2/lambda_e", "S1 T=4/lambda_e"),
                distance.predictions().stream().map(Prediction::name).toList());
        assertTrue(distance.notes().stream().anyMatch(note -> note.startsWith("Rule S2")));
        Prediction across = results.getLast().predictions().getLast();
        assertTrue(across.statement().endsWith("3 pairs"), across.statement());
        assertEquals(null, across.holds(), "three pairs decide nothing");
        sameAfterInterruptions();
    }

    @Test
    void normsReachTheirEquilibrium() throws IOException {
        claim("C08", "norm-equilibrium", "{tolerance: 0.1, traced: 0.5}", NORM);
        claim("C09", "norm-recursion", "{exact: 1e-10, integral: 0.1}", "settings: C08");
        claim("C37", "lars-rotation", "{tolerance: 0.1, with-momentum: 0.2}", "settings: C08");
        List<ClaimResult> results = run("whole", 1, Long.MAX_VALUE);
        for (ClaimResult result : results) {
            assertEquals(Verdict.REPRODUCED, result.verdict(), () -> String.valueOf(result.predictions()));
        }
        List<String> charts = new ArrayList<>();
        results.forEach(result -> result.charts().stream().map(Chart::id).forEach(charts::add));
        assertTrue(charts.containsAll(List.of("norm-trace", "norm-groups", "replay", "momentum-groups")));
        sameAfterInterruptions();
    }

    @Test
    void aLagThatIsNotMeasuredIsRefused() throws IOException {
        claim("C05", "ou-distance", "{early: 1.6, late: 4, ratio: 1.253, siblings: 1.25, age: 0.1}", OU);
        claim("C06", "weight-averaging", "{lag: 0.3}", "settings: C05");
        UserError error = assertThrows(UserError.class, this::validation);
        assertTrue(error.getMessage().contains("C06: the lag 0.3 is not one of the lags"), error.getMessage());
    }
}
