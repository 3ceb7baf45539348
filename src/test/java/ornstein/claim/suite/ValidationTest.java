package ornstein.claim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ornstein.claim.Claim;
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
import ornstein.run.Timings;
import ornstein.spec.UserError;
import ornstein.train.data.DataStore;

/// The whole way from claim.yaml through real training to results.csv, on a tiny experiment.
class ValidationTest {
    private static final String CLAIM = """
            id: C01
            title: Tiny
            group: tiny
            statement: s
            prediction: p
            source: none
            experiment:
              kind: fast-equilibrium
              limits:
                deltas: [0.6]
                exponent-limit: 1.15
                scale-delta: 0.6
                scale-range: [0.85, 1.15]
                late-from: 1
                late-to: 2
                plateau: 0.0025
              settings:
                synthetic:
                  quick:
                    arm:
                      network: mlp-wn-24
                      train: 256
                      held-out: 40
                      batch: 8
                      weight-decay: 0.02
                      runs: 12
                      group-size: 5
                      norms: [0.5, 2]
                      rates: [0.1, 0.05]
                      doubled: [0.1]
                      to: 2
                      points: 6
                      blocks: 4
                      micros: 20
                    exactness: {rate: 0.05, runs: 2, steps: 60, probes: 3}
                    schedules:
                      rate: 0.05
                      before: 1
                      runs: 8
                      schedules:
                        - {name: one, eta: [2.5, 2.5], weight-decay: [0.02, 0.02]}
                        - {name: other, eta: [5, 2.5], weight-decay: [0.02, 0.02]}
            """;

    private static final String NOISE = """
            id: C02
            title: Tiny noise
            group: tiny
            statement: s
            prediction: p
            source: none
            experiment:
              kind: other-noise
              limits: {delta: 0.6, time-range: [0.85, 1.15], seeds: 1, law: 0.0025}
              settings:
                synthetic:
                  quick:
                    arm:
                      network: mlp-wn-24
                      train: 64
                      held-out: 40
                      batch: 8
                      weight-decay: 0.02
                      runs: 12
                      group-size: 5
                      norms: [0.5, 2]
                      rates: [0.1, 0.05]
                      doubled: []
                      to: 2
                      points: 6
                      blocks: 4
                      micros: 20
                    others:
                      gaussian: {method: ngd, group-size: 3, micros: 100}
                      svag-1: {method: svag, options: {amplification: 1}, group-size: 5, micros: 40}
                      svag-4: {method: svag, options: {amplification: 4}, group-size: 5, micros: 40}
            """;

    @TempDir
    private Path folder;

    private record Tiny(int version) {}

    private final AtomicLong told = new AtomicLong();

    private Validation validation(Scale scale) throws IOException {
        Path claim = folder.resolve("validation/c01-tiny");
        Files.createDirectories(claim);
        Files.writeString(claim.resolve("claim.yaml"), CLAIM);
        List<Claim> claims = Claims.read(folder.resolve("validation")).all();
        DataStore store = new DataStore(null, (task, unit, total, before) -> Progress.silent());
        return new Validation(claims, new Context(scale, "synthetic", 1, store::load));
    }

    private RunFolder open(String name) {
        return RunFolder.open(
                new RunPlan("validate", name, new Tiny(1), 1, List.of("ornstein")),
                new RunFolder.Place(folder.resolve("runs"), null, false, false));
    }

    private ClaimResult run(RunFolder run, int threads, Interruption interruption) throws IOException {
        Validation validation = validation(Scale.QUICK);
        Units units = new Units(run, threads, interruption, (task, unit, total, before) -> new Progress() {
            @Override
            public void step(long amount) {
                if (told.addAndGet(amount) > 20) {
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
        ResultTables.results(run.path(), results);
        Timings.write(run, "expected");
        validation.writeRaw(units, run.path());
        return results.getFirst();
    }

    @Test
    void anInterruptedValidationEndsWithTheSameBytesOnOtherThreads() throws IOException {
        ClaimResult whole;
        Path expected;
        told.set(Long.MIN_VALUE / 2);
        try (RunFolder run = open("whole")) {
            whole = run(run, 1, new Interruption());
            expected = run.path();
        }
        Prediction exact = whole.predictions().getLast();
        assertEquals("H4", exact.name());
        assertEquals(true, exact.holds(), exact.toString());
        assertTrue(whole.charts().stream().anyMatch(chart -> chart.id().equals("three-schedules")));
        assertTrue(Files.size(expected.resolve("labels-tiny.parquet")) > 0);

        int interruptions = 0;
        for (boolean done = false; !done; ) {
            told.set(0);
            try (RunFolder run = open("broken")) {
                ClaimResult resumed = run(run, 2, new Interruption());
                assertEquals(whole.predictions(), resumed.predictions());
                for (String file : List.of("results.csv", "results.parquet", "labels-tiny.parquet")) {
                    assertEquals(
                            -1,
                            Files.mismatch(expected.resolve(file), run.path().resolve(file)),
                            file);
                }
                done = true;
            } catch (Interrupted e) {
                interruptions++;
            }
        }
        assertTrue(interruptions > 0, "nothing was interrupted");
    }

    /// Other noises train from the weights of SGD's runs, with noise of their own and at the same times.
    @Test
    void otherNoisesAreComparedWithSgd() throws IOException {
        Path claim = folder.resolve("noises/c02-tiny-noise");
        Files.createDirectories(claim);
        Files.writeString(claim.resolve("claim.yaml"), NOISE);
        DataStore store = new DataStore(null, (task, unit, total, before) -> Progress.silent());
        Context context = new Context(Scale.QUICK, "synthetic", 1, store::load);
        Validation validation =
                new Validation(Claims.read(folder.resolve("noises")).all(), context);
        try (RunFolder run = open("noises")) {
            Units units = new Units(run, 2, new Interruption(), (task, unit, total, before) -> Progress.silent());
            validation.run(units);
            ClaimResult result = validation.analyse(units).getFirst();
            // two rates and three noises: time, accuracy and law
            assertEquals(18, result.predictions().size());
            for (Prediction p : result.predictions()) {
                if (p.name().startsWith("law") || p.name().startsWith("accuracy")) {
                    assertTrue(p.measured() != null && p.ci() != null && p.ci().hi() > p.ci().lo(), p.toString());
                }
                // SVAG with amplification 1 is SGD with other batches: a law apart would be a mistake
                if (p.name().contains("svag-1")) {
                    assertTrue(!Boolean.FALSE.equals(p.holds()) || p.name().startsWith("time"), p.toString());
                }
            }
            assertEquals(9, result.charts().size());
            validation.writeRaw(units, run.path());
            assertTrue(Files.size(run.path().resolve("labels-tiny-noise.parquet")) > 0);
        }
    }

    @Test
    void anUnknownNoiseIsSaidWithItsPlace() throws IOException {
        String error = refused("c02-tiny-noise", NOISE.replace("method: ngd", "method: ndg"));
        assertTrue(error.contains("claim.yaml:29:21:") && error.contains("ngd"), error);
    }

    @Test
    void aScaleWithoutAnExperimentIsNotRun() throws IOException {
        Validation validation = validation(Scale.PAPER);
        assertTrue(validation.isEmpty());
        assertEquals(Verdict.NOT_RUN, validation.notRun().getFirst().verdict());
    }

    @Test
    void aWrongSettingIsSaidWithItsPlace() throws IOException {
        String error = refused("c01-tiny", CLAIM.replace("runs: 12", "runs: 7"));
        assertTrue(error.contains("claim.yaml:26:17: runs must be at least 2"), error);
    }

    /// What is said of a claim that is read without any data.
    private String refused(String name, String yaml) throws IOException {
        Path claims = folder.resolve("refused");
        Files.createDirectories(claims.resolve(name));
        Files.writeString(claims.resolve(name).resolve("claim.yaml"), yaml);
        List<Claim> read = Claims.read(claims).all();
        Context context = new Context(Scale.QUICK, "synthetic", 1, spec -> {
            throw new AssertionError("no data is needed to see it");
        });
        return String.valueOf(assertThrows(UserError.class, () -> new Validation(read, context))
                .getMessage());
    }
}
