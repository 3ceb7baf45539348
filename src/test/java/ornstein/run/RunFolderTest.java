package ornstein.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ornstein.spec.UserError;

class RunFolderTest {
    record Spec(double eta, List<String> names) {}

    @TempDir
    Path temporary;

    private static RunPlan plan(double eta) {
        return new RunPlan("simulate", "well", new Spec(eta, List.of("x")), 1, List.of("ornstein", "simulate"));
    }

    private RunFolder.Place place() {
        return new RunFolder.Place(temporary.resolve("runs"), null, false, false);
    }

    private RunFolder.Place fresh() {
        return new RunFolder.Place(temporary.resolve("runs"), null, true, false);
    }

    private static RunFolder.Place out(Path folder) {
        return new RunFolder.Place(Path.of("runs"), folder, false, false);
    }

    @Test
    void theFolderIsNamedAfterThePlanAndHoldsItsManifest() {
        RunPlan plan = plan(0.1);
        try (RunFolder folder = RunFolder.open(plan, place())) {
            assertEquals(
                    "well-" + plan.hash().substring(0, 8),
                    String.valueOf(folder.path().getFileName()));
            assertFalse(folder.resumed());
            Manifest manifest = Manifest.read(folder.path());
            assertEquals(folder.manifest(), manifest);
            assertEquals(plan.hash(), manifest.hash());
            assertEquals(new Spec(0.1, List.of("x")), Json.convert(manifest.spec(), Spec.class));
            assertEquals(List.of("ornstein", "simulate"), manifest.commandLine());
            assertTrue(manifest.device().containsKey("cpu"));
        }
    }

    @Test
    void theHashIsOfWhatDeterminesTheResults() {
        RunPlan plan = plan(0.1);
        // printf '{"command":"simulate","data":{},"name":"well","seed":1,"spec":{"eta":0.1,"names":["x"]}}' | sha256sum
        assertEquals("32c0f987", hashOf(plan), "a changed hash orphans every run folder there is");
        assertEquals(
                hashOf(plan),
                hashOf(new RunPlan(
                        "simulate",
                        "well",
                        Map.of("names", List.of("x"), "eta", 0.1),
                        1,
                        Map.of(),
                        Map.of("backend", "vector"),
                        List.of("other"))));
        assertNotEquals(hashOf(plan), hashOf(plan(0.2)));
        Spec spec = new Spec(0.1, List.of("x"));
        assertNotEquals(hashOf(plan), hashOf(new RunPlan("simulate", "well", spec, 2, List.of())));
        assertNotEquals(
                hashOf(plan),
                hashOf(new RunPlan("simulate", "well", spec, 1, Map.of("a.csv", "00"), Map.of(), List.of())));
    }

    private static String hashOf(RunPlan plan) {
        return plan.hash().substring(0, 8);
    }

    @Test
    void anUnfinishedRunGoesOnAndAFinishedOneStartsAfresh() {
        Path first;
        try (RunFolder folder = RunFolder.open(plan(0.1), place())) {
            first = folder.path();
            folder.done("a", Map.of("seconds", 1.5));
        }
        try (RunFolder folder = RunFolder.open(plan(0.1), place())) {
            assertEquals(first, folder.path());
            assertTrue(folder.resumed());
            assertTrue(folder.isDone("a"));
            assertFalse(folder.isDone("b"));
            var noted = folder.result("a");
            assertEquals(1.5, noted == null ? Double.NaN : noted.path("seconds").asDouble());
            folder.finish();
        }
        Path second = first.resolveSibling(first.getFileName() + "-2");
        for (int attempt = 0; attempt < 2; attempt++) {
            try (RunFolder folder = RunFolder.open(plan(0.1), place())) {
                assertEquals(second, folder.path());
                assertEquals(attempt == 1, folder.resumed());
                assertFalse(folder.isDone("a"));
            }
        }
        try (RunFolder folder = RunFolder.open(plan(0.1), place())) {
            folder.finish();
        }
        try (RunFolder folder = RunFolder.open(plan(0.1), place())) {
            assertEquals(first.resolveSibling(first.getFileName() + "-3"), folder.path());
        }
    }

    @Test
    void aSweepGoesOnWithAFinishedRun() {
        var keep = new RunFolder.Place(temporary.resolve("runs"), null, false, true);
        for (int attempt = 0; attempt < 2; attempt++) {
            try (RunFolder folder = RunFolder.open(plan(0.1), keep)) {
                assertEquals(attempt == 1, folder.isDone("point"));
                folder.done("point");
                folder.finish();
            }
        }
    }

    @Test
    void freshDiscardsTheLastFolder() throws IOException {
        Path path;
        try (RunFolder folder = RunFolder.open(plan(0.1), place())) {
            path = folder.path();
            folder.writeAtomically("units/a.json", new byte[] {1});
            folder.done("a");
            folder.finish();
        }
        try (RunFolder folder = RunFolder.open(plan(0.1), fresh())) {
            assertEquals(path, folder.path());
            assertFalse(folder.resumed());
            assertFalse(folder.isDone("a"));
            assertFalse(Files.exists(path.resolve("units")));
        }
    }

    @Test
    void aFolderOfAnotherRunOrOfOtherFilesIsRefused() throws IOException {
        Path there = temporary.resolve("there");
        RunFolder.open(plan(0.1), out(there)).close();
        String message = assertThrows(UserError.class, () -> RunFolder.open(plan(0.2), out(there)))
                .getMessage();
        assertTrue(message.startsWith(there + " holds another run (simulate well, "), message);
        var fresh = new RunFolder.Place(Path.of("runs"), there, true, false);
        try (RunFolder folder = RunFolder.open(plan(0.2), fresh)) {
            assertEquals(plan(0.2).hash(), folder.manifest().hash());
        }

        Path home = Files.createDirectory(temporary.resolve("home"));
        Path thesis = Files.writeString(home.resolve("thesis.tex"), "dear");
        for (boolean discard : List.of(false, true)) {
            var place = new RunFolder.Place(Path.of("runs"), home, discard, false);
            assertEquals(
                    home + " holds files but no run (manifest.json); give another --out",
                    assertThrows(UserError.class, () -> RunFolder.open(plan(0.1), place))
                            .getMessage());
        }
        assertEquals("dear", Files.readString(thesis));
        assertEquals(
                thesis + " is not a folder; give another --out",
                assertThrows(UserError.class, () -> RunFolder.open(plan(0.1), out(thesis)))
                        .getMessage());
    }

    @Test
    void aSecondHolderIsToldWhoHasTheLock() {
        try (RunFolder folder = RunFolder.open(plan(0.1), place())) {
            String message = assertThrows(UserError.class, () -> RunFolder.open(plan(0.1), place()))
                    .getMessage();
            String start = folder.path() + " is in use by process "
                    + ProcessHandle.current().pid() + " since ";
            assertTrue(message.startsWith(start), message);
            assertTrue(message.endsWith("; wait for it, end it, or give another --out"), message);
        }
        RunFolder.open(plan(0.1), place()).close();
    }

    @Test
    void filesAppearWholeAndStayInside() throws IOException {
        try (RunFolder folder = RunFolder.open(plan(0.1), place())) {
            folder.writeAtomically("units/a.bin", new byte[] {1, 2});
            folder.writeAtomically("units/a.bin", out -> out.write(3));
            assertEquals(1, Files.size(folder.file("units/a.bin")));
            assertThrows(
                    IllegalStateException.class,
                    () -> folder.writeAtomically("units/a.bin", out -> {
                        out.write(new byte[100_000]);
                        throw new IllegalStateException("stopped on the way");
                    }));
            assertEquals(1, Files.size(folder.file("units/a.bin")));
            try (Stream<Path> files = Files.list(folder.file("units"))) {
                assertEquals(1, files.count(), "a part was left");
            }
            assertThrows(IllegalArgumentException.class, () -> folder.file("../other"));
        }
    }

    @Test
    void aCrashBeforeTheManifestLeavesNoObstacle() throws IOException {
        Path there = Files.createDirectory(temporary.resolve("there"));
        Files.writeString(there.resolve("lock"), "process 1 since then\n");
        Files.writeString(there.resolve(".manifest.json.1-1.part"), "{\"comm");
        try (RunFolder folder = RunFolder.open(plan(0.1), out(there))) {
            assertFalse(folder.resumed());
        }
    }

    @Test
    void whatAKilledProcessLeftUnfinishedIsRemoved() throws IOException {
        Path there = temporary.resolve("there");
        Path part = there.resolve("units/.u1.json.1-1.part");
        try (RunFolder folder = RunFolder.open(plan(0.1), out(there))) {
            folder.writeAtomically("units/u0.json", new byte[] {1});
            Files.writeString(part, "half");
        }
        try (RunFolder folder = RunFolder.open(plan(0.1), out(there))) {
            assertTrue(folder.resumed());
            assertFalse(Files.exists(part));
            assertTrue(Files.exists(folder.file("units/u0.json")));
        }
    }
}
