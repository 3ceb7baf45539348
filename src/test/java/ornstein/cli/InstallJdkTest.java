package ornstein.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import ornstein.cli.Checkout.Ended;

/// `--install-jdk` against a server that answers as Adoptium does.
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InstallJdkTest {
    private static final String NAME = "OpenJDK25U-jdk_x64_linux_hotspot_25.0.3_9.tar.gz";
    private static final String TOP = "jdk-25.0.3+9";

    @TempDir
    Path temporary;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Checkout checkout;
    private HttpServer server;
    private byte[] archive = {};
    private String checksum = "";

    @BeforeEach
    void serve() throws Exception {
        temporary = temporary.toRealPath();
        checkout = new Checkout(temporary);
        Path pack = temporary.resolve("pack");
        byte[] modules = new byte[100_000];
        new Random(1).nextBytes(modules);
        Files.write(Checkout.jdk(pack.resolve(TOP), "25.0.3").resolve("modules"), modules);
        Path tar = temporary.resolve("jdk.tar.gz");
        Process packing = new ProcessBuilder("tar", "-czf", tar.toString(), "-C", pack.toString(), TOP).start();
        assertEquals(0, packing.waitFor());
        archive = Files.readAllBytes(tar);
        checksum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v3/assets/latest/25/hotspot", this::describe);
        server.createContext("/download/", this::download);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void describe(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().getQuery());
        String answer = """
                [
                    {
                        "binary": {
                            "architecture": "x64",
                            "installer": {
                                "checksum": "00", "link": "https://example.org/installer.pkg", "name": "installer.pkg"
                            },
                            "package": {
                                "checksum": "%s",
                                "checksum_link": "https://example.org/checksum.txt",
                                "download_count": 5,
                                "link": "%s/download/jdk-25.0.3%%2B9/%s",
                                "metadata_link": "https://example.org/metadata.json",
                                "name": "%s",
                                "size": %d
                            },
                            "project": "jdk"
                        },
                        "release_name": "jdk-25.0.3+9",
                        "vendor": "eclipse"
                    }
                ]
                """.formatted(checksum, base(), NAME, NAME, archive.length);
        send(exchange, 200, answer.getBytes(StandardCharsets.UTF_8));
    }

    private void download(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        asked.add("download " + range);
        int from = range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.indexOf('-')));
        if (range != null) {
            String part = "bytes " + from + "-" + (archive.length - 1) + "/" + archive.length;
            exchange.getResponseHeaders().add("Content-Range", part);
        }
        send(exchange, range == null ? 200 : 206, Arrays.copyOfRange(archive, from, archive.length));
    }

    private static void send(HttpExchange exchange, int code, byte[] body) throws IOException {
        exchange.sendResponseHeaders(code, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private Ended install() throws Exception {
        return checkout.run(
                Map.of("ORNSTEIN_ADOPTIUM", base(), "ORNSTEIN_JDK_SEARCH", folder().toString()), "--install-jdk");
    }

    private Path folder() {
        return temporary.resolve("cache/jdk");
    }

    private Path part() {
        return folder().resolve("." + NAME + ".part");
    }

    @Test
    void theJdkIsFetchedCheckedAndFound() throws Exception {
        Ended ended = install();
        assertEquals(0, ended.code(), ended.err());
        assertTrue(ended.err().endsWith("ornstein: installed " + folder().resolve(TOP) + "\n"), ended.err());
        assertTrue(asked.getFirst().contains("image_type=jdk"), asked.toString());
        assertFalse(Files.exists(part()));
        Ended run = checkout.run(Map.of("ORNSTEIN_JDK_SEARCH", folder().toString()), "models");
        assertEquals(7, run.code(), run.err());
        int before = asked.size();
        Ended again = install();
        assertEquals(0, again.code());
        assertEquals("ornstein: a JDK 25 is at " + folder().resolve(TOP) + " already\n", again.err());
        assertEquals(before, asked.size());
    }

    @Test
    void aBrokenOffDownloadGoesOn() throws Exception {
        Files.createDirectories(folder());
        Files.write(part(), Arrays.copyOf(archive, 1000));
        Ended ended = install();
        assertEquals(0, ended.code(), ended.err());
        assertTrue(asked.contains("download bytes=1000-"), asked.toString());
    }

    @Test
    void aFileWithAnotherChecksumIsDiscarded() throws Exception {
        String right = checksum;
        checksum = "0".repeat(64);
        Ended ended = install();
        assertEquals(1, ended.code());
        String told = "ornstein: " + NAME + " has the SHA-256 " + right + ", not the published " + checksum
                + "; it was discarded. Try again\n";
        assertTrue(ended.err().endsWith(told), ended.err());
        try (var files = Files.list(folder())) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void anUnreachableServerIsNamed() throws Exception {
        String base = base();
        server.stop(0);
        Ended ended = checkout.run(Map.of("ORNSTEIN_ADOPTIUM", base), "--install-jdk");
        assertEquals(1, ended.code());
        assertTrue(ended.err().contains("ornstein: cannot reach " + base + "; check the connection"), ended.err());
    }
}
