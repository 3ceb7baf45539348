package ornstein.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import ornstein.cli.Checkout.Ended;

@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LauncherTest {
    @TempDir
    Path temporary;

    private Checkout checkout;

    @BeforeEach
    void checkOut() throws IOException {
        temporary = temporary.toRealPath();
        checkout = new Checkout(temporary);
    }

    private Path jdk(String name, String version) throws IOException {
        return Checkout.jdk(temporary.resolve("jdks").resolve(name), version);
    }

    @Test
    void withoutAJdk25OneMessageSaysWhatToInstall() throws Exception {
        jdk("old", "17.0.15");
        jdk("new", "26");
        Ended ended = checkout.run(Map.of("JAVA_HOME", jdk("other", "21.0.1").toString()), "models");
        assertEquals(2, ended.code());
        assertEquals("", ended.out());
        assertTrue(ended.err().startsWith("ornstein: needs a JDK 25 and found none."), ended.err());
        assertTrue(ended.err().contains("./ornstein --install-jdk"), ended.err());
        assertEquals(0, checkout.builds());
    }

    @Test
    void theProgramGetsItsFlagsArgumentsAndTheProcessItself() throws Exception {
        Path jdk = jdk("temurin", "25.0.3");
        Ended ended = checkout.run(Map.of(), "simulate", "two words", "--seed=3");
        assertEquals(7, ended.code(), ended.err());
        assertTrue(ended.out().contains("<ornstein.cli.Main>\n<simulate>\n<two words>\n<--seed=3>\n"), ended.out());
        assertTrue(ended.out().contains("pid " + ended.pid() + "\n"), "not the launcher's own process");
        assertTrue(ended.out().contains("OMP 1\n"));
        assertTrue(ended.out().contains("<-XX:SharedArchiveFile="), ended.out());
        assertTrue(ended.out().contains("\n-Dflag=2\n"), ended.out());
        assertTrue(ended.out().contains("\n\"-Dornstein.home=" + checkout.root + "\"\n"), ended.out());
        assertTrue(ended.out().contains("/ornstein.jar:/libraries/a.jar\"\n"), ended.out());
        assertTrue(ended.err().startsWith("ornstein: building, as this is the first use;"), ended.err());
        assertTrue(ended.err().endsWith("\ntold\n"), ended.err());
        assertFalse(ended.err().contains("noise"), ended.err());
        assertEquals(jdk + "\n", checkout.run(Map.of(), "--jdk").out());
    }

    @Test
    void itBuildsAgainOnlyWhenSourcesAreNewer() throws Exception {
        jdk("temurin", "25");
        checkout.run(Map.of());
        Ended second = checkout.run(Map.of());
        assertEquals(1, checkout.builds());
        assertEquals("told\n", second.err());
        Path source = checkout.root.resolve("src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(1)));
        Ended third = checkout.run(Map.of());
        assertEquals(2, checkout.builds());
        assertTrue(third.err().startsWith("ornstein: building, as sources have changed"), third.err());
        assertEquals(7, third.code());
    }

    /// What is built names its folder: a checkout that was moved, or copied with what was built, would start what lies
    /// in the other folder, or nothing.
    @Test
    void aCheckoutThatWasMovedIsBuiltAgain() throws Exception {
        jdk("temurin", "25");
        checkout.run(Map.of());
        Path moved = Files.move(checkout.root, temporary.resolve("moved"));
        Ended ended = Checkout.end(checkout.start(moved.resolve("ornstein"), Map.of(), "models"));
        assertEquals(7, ended.code(), ended.err());
        assertTrue(ended.err().startsWith("ornstein: building, as sources have changed or moved"), ended.err());
        assertTrue(ended.out().contains("\n\"-Dornstein.home=" + moved + "\"\n"), ended.out());
    }

    @Test
    void aFailedBuildIsToldAndTriedAgain() throws Exception {
        jdk("temurin", "25");
        checkout.maven("echo '[ERROR] /src/A.java:[3,1] no such thing'; echo '[ERROR] '; exit 1");
        for (int attempt = 0; attempt < 2; attempt++) {
            Ended ended = checkout.run(Map.of());
            assertEquals(1, ended.code());
            String told = "[ERROR] /src/A.java:[3,1] no such thing\nornstein: the build failed (log: ";
            assertTrue(ended.err().contains(told), ended.err());
        }
        checkout.maven("echo 'curl: Failed to fetch https://repo/maven.zip'; exit 1");
        String told = "the build failed: a download did not work; check the connection";
        assertTrue(checkout.run(Map.of()).err().contains(told));
    }

    @Test
    void concurrentFirstUsesBuildOnce() throws Exception {
        jdk("temurin", "25");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(checkout.start(checkout.root.resolve("ornstein"), Map.of(), "models"));
        }
        for (Process process : processes) {
            Ended ended = Checkout.end(process);
            assertEquals(7, ended.code(), ended.err());
            assertTrue(ended.out().contains("<models>"));
        }
        assertEquals(1, checkout.builds());
    }

    @Test
    void itIsFoundThroughSymbolicLinks() throws Exception {
        jdk("temurin", "25");
        Path bin = Files.createDirectory(temporary.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("inner"), Path.of("../my checkout/ornstein"));
        Path outer = Files.createSymbolicLink(temporary.resolve("outer"), bin.resolve("inner"));
        Ended ended = Checkout.end(checkout.start(outer, Map.of(), "models"));
        assertEquals(7, ended.code(), ended.err());
        assertTrue(ended.out().contains("-Dornstein.home=" + checkout.root), ended.out());
    }

    @Test
    void wrongSettingsAreOneLine() throws Exception {
        jdk("temurin", "25");
        Path old = jdk("old", "17");
        Ended ended = checkout.run(Map.of("ORNSTEIN_JAVA", old.toString()));
        assertEquals(2, ended.code());
        assertEquals("ornstein: ORNSTEIN_JAVA=" + old + " is not a JDK 25\n", ended.err());
        checkout.run(Map.of());
        Ended memory = checkout.run(Map.of("ORNSTEIN_MEMORY", "lots"));
        assertEquals(2, memory.code());
        assertEquals("ornstein: ORNSTEIN_MEMORY=lots is not a size such as 8g\n", memory.err());
        assertTrue(checkout.run(Map.of("ORNSTEIN_MEMORY", "2g")).out().contains("<-Xmx2g>"));
    }

    @Test
    void aSimulationHasASmallYoungGenerationAndTheUsersOptionsComeLast() throws Exception {
        jdk("temurin", "25");
        assertFalse(checkout.run(Map.of(), "models").out().contains("<-XX:+UseSerialGC>"));
        String out = checkout.run(Map.of("ORNSTEIN_JAVA_OPTS", "-XX:MaxNewSize=1g -Dx=y"), "simulate", "ou")
                .out();
        assertTrue(out.contains("<-XX:+UseSerialGC>"), out);
        assertTrue(out.indexOf("<-XX:MaxNewSize=1g>") > out.indexOf("<-XX:MaxNewSize="), out);
        assertTrue(out.contains("<-Dx=y>"), out);
    }
}
