package ornstein.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ornstein.method.Sampling;
import ornstein.run.Interrupted;
import ornstein.spec.UserError;
import ornstein.train.data.Dataset;

/// A run stopped anywhere, gently or by kill -9, goes on and ends with the same bytes.
class ResumeTest {
    private static final Dataset VECTORS = Fixture.data(List.of(6), 50);
    private static final Dataset IMAGES = Fixture.data(List.of(1, 6, 6), 50);

    @TempDir
    private Path folder;

    /// Everything that has a state: momentum, sums, log, snapshots, shuffling.
    static TrainSpec everything(String network, long steps) {
        ProbePlan plan = ProbePlan.predictions(Fixture.steps(0, steps / 3, steps))
                .withLogits()
                .withTraining()
                .withGroups()
                .withEveryStep()
                .withSnapshots(Fixture.steps(steps / 2, steps));
        TrainSpec spec = Fixture.rates(Fixture.spec(network), Schedule.constant(0.1), Schedule.constant(0.1), 0.5);
        return Fixture.probing(Fixture.sampling(spec, Sampling.SHUFFLE, 0.1, 4), steps, plan);
    }

    /// Stops after a number of looks.
    private static Watch stopAfter(int looks) {
        return new Watch() {
            private int left = looks;

            @Override
            public boolean interrupted() {
                return left-- == 0;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {Fixture.TINY, Fixture.MIXED, Fixture.CONVOLUTIONS})
    void interruptedRunsEndWithTheSameBytes(String network) throws IOException {
        TrainSpec spec = everything(network, 30);
        Dataset data = network.equals(Fixture.CONVOLUTIONS) ? IMAGES : VECTORS;
        Path whole = folder.resolve("whole");
        Path broken = folder.resolve("broken");
        Outcome expected = Training.run(spec, data, whole, Watch.NONE);
        for (int looks : new int[] {0, 1, 9, 0, 6, 7}) {
            assertThrows(Interrupted.class, () -> Training.run(spec, data, broken, stopAfter(looks)));
        }
        Outcome actual = Training.run(spec, data, broken, Watch.NONE);
        assertSame(whole, broken, expected, actual);
    }

    /// What an algorithm remembers is in the checkpoint; a flow is stopped between the stages of a step, 48 here.
    @ParameterizedTest
    @ValueSource(strings = {"adam", "rmsprop", "lars", "local-sgd", "n-step-sgd", "svag", "modified-flow"})
    void everyAlgorithmGoesOnWithTheSameBytes(String method) throws IOException {
        Map<String, Double> numbers = method.equals("lars") ? Map.of("beta", 0.5) : Map.of();
        TrainSpec spec =
                Fixture.optimiser(everything(Fixture.TINY, 30), new Optimiser(method, numbers, Optional.empty()));
        boolean flow = method.equals("modified-flow");
        if (flow) spec = Fixture.sampling(spec, Sampling.REORDER, 0, 5);
        Path whole = folder.resolve("whole");
        Path broken = folder.resolve("broken");
        Outcome expected = Training.run(spec, VECTORS, whole, Watch.NONE);
        for (int looks : new int[] {0, 1, 9, 0, 6, 7}) {
            TrainSpec again = spec;
            assertThrows(
                    Interrupted.class,
                    () -> Training.run(again, VECTORS, broken, stopAfter(flow ? 37 * looks : looks)));
        }
        Outcome actual = Training.run(spec, VECTORS, broken, Watch.NONE);
        assertSame(whole, broken, expected, actual);
        assertTrue(expected.probes().getLast().clock(0) > 0);
    }

    private static void assertSame(Path whole, Path broken, Outcome expected, Outcome actual) throws IOException {
        for (String file : List.of("outcome.bin", "snapshot-15.bin", "snapshot-30.bin")) {
            assertArrayEquals(Files.readAllBytes(whole.resolve(file)), Files.readAllBytes(broken.resolve(file)), file);
        }
        for (int r = 0; r < 3; r++) {
            for (int j = 0; j < 2; j++) {
                assertArrayEquals(expected.everyStep(r, j)[0], actual.everyStep(r, j)[0]);
                assertArrayEquals(expected.everyStep(r, j)[1], actual.everyStep(r, j)[1]);
            }
        }
        assertFalse(Files.exists(broken.resolve("checkpoint.bin")));
    }

    @Test
    void finishedRunsAreOnlyRead() throws IOException {
        TrainSpec spec = everything(Fixture.TINY, 30);
        Outcome first = Training.run(spec, VECTORS, folder, Watch.NONE);
        Files.delete(folder.resolve("snapshot-15.bin"));
        Outcome second = Training.run(spec, VECTORS, folder, Watch.NONE);
        assertFalse(Files.exists(folder.resolve("snapshot-15.bin")));
        assertEquals(
                first.probes().getLast().clock(2), second.probes().getLast().clock(2), 0.0);
        assertArrayEquals(
                first.probes().get(1).logits(1), second.probes().get(1).logits(1));
    }

    @Test
    void foldersOfOthersAndDamagedFilesAreRefused() throws IOException {
        TrainSpec spec = everything(Fixture.TINY, 30);
        Training.run(spec, VECTORS, folder, Watch.NONE);
        assertThrows(UserError.class, () -> Training.run(spec.withReplicas(1, 3), VECTORS, folder, Watch.NONE));
        Dataset other = Fixture.data(List.of(6), 49);
        assertThrows(UserError.class, () -> Training.run(spec, other, folder, Watch.NONE));
        byte[] bytes = Files.readAllBytes(folder.resolve("outcome.bin"));
        bytes[bytes.length / 2] ^= 1;
        Files.write(folder.resolve("outcome.bin"), bytes);
        String message = assertThrows(UserError.class, () -> Training.run(spec, VECTORS, folder, Watch.NONE))
                .getMessage();
        assertTrue(message.contains("damaged"), message);
    }

    /// A process of its own is killed at random moments while it saves a checkpoint every few milliseconds.
    @Test
    void killedProcessesEndWithTheSameBytes() throws IOException, InterruptedException {
        Path whole = folder.resolve("whole");
        Path broken = folder.resolve("broken");
        Outcome expected = Training.run(killed(), VECTORS, whole, Watch.NONE);
        Path checkpoint = broken.resolve("checkpoint.bin");
        for (int millis : new int[] {0, 30, 7}) {
            byte[] before = Files.exists(checkpoint) ? Files.readAllBytes(checkpoint) : new byte[0];
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Child.class.getName(),
                            broken.toString())
                    .inheritIO()
                    .start();
            while (process.isAlive()
                    && (!Files.exists(checkpoint) || Arrays.equals(before, Files.readAllBytes(checkpoint)))) {
                Thread.sleep(1);
            }
            Thread.sleep(millis);
            assertTrue(process.isAlive(), "the process ended before it was killed");
            process.destroyForcibly().waitFor();
        }
        assertFalse(Files.exists(broken.resolve("outcome.bin")));
        Outcome actual = Training.run(killed(), VECTORS, broken, Watch.NONE);
        assertArrayEquals(
                Files.readAllBytes(whole.resolve("outcome.bin")), Files.readAllBytes(broken.resolve("outcome.bin")));
        assertArrayEquals(expected.everyStep(1, 2)[1], actual.everyStep(1, 2)[1]);
    }

    static TrainSpec killed() {
        return everything(Fixture.TINY, 3000);
    }

    /// The process that is killed.
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            Watch hasty = new Watch() {
                @Override
                public double checkpointSeconds() {
                    return 0.005;
                }
            };
            Training.run(killed(), VECTORS, Path.of(arguments[0]), hasty);
        }
    }
}
