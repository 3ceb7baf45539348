package ornstein.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import ornstein.run.Progress;
import ornstein.spec.UserError;

/// Downloads from a server in this process that can cut connections and tell lies.
class DownloadTest {
    private static final byte[] CONTENT = new byte[300_000];

    static {
        for (int i = 0; i < CONTENT.length; i++) {
            CONTENT[i] = (byte) (i * 31 ^ i >> 7);
        }
    }

    @TempDir
    Path folder;

    private HttpServer server;
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /// Serves `bytes` at `path`, honouring ranges if `ranges`, and cutting the first `cuts` answers after 100,000
    /// bytes.
    private void serve(String path, byte[] bytes, boolean ranges, int cuts) {
        int[] left = {cuts};
        server.createContext(path, exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            asked.add(range == null ? "all" : range);
            int from = range == null || !ranges ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            byte[] part = Arrays.copyOfRange(bytes, from, bytes.length);
            if (from > 0) {
                exchange.getResponseHeaders()
                        .add("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, part.length);
            if (left[0]-- > 0) {
                exchange.getResponseBody().write(part, 0, Math.min(100_000, part.length));
                exchange.getResponseBody().flush();
                throw new IOException("cut");
            }
            exchange.getResponseBody().write(part);
            exchange.close();
        });
    }

    private Download download(List<String> mirrors) {
        return download(mirrors, CONTENT.length, Sha256.of(CONTENT));
    }

    private Download download(List<String> mirrors, long bytes, String sha256) {
        return new Download(
                mirrors, new Published.Archive("file.gz", bytes, sha256), folder, (t, u, n, b) -> Progress.silent());
    }

    private void assertComplete() throws IOException {
        assertArrayEquals(CONTENT, Files.readAllBytes(folder.resolve("file.gz")));
        assertFalse(Files.exists(folder.resolve("file.gz.part")));
    }

    @Test
    void fetchesAndRenames() throws Exception {
        serve("/a/", CONTENT, true, 0);
        download(List.of(url("/a/"))).run();
        assertComplete();
        assertEquals(List.of("all"), asked);
    }

    @Test
    void continuesAfterCutConnections() throws Exception {
        serve("/a/", CONTENT, true, 2);
        download(List.of(url("/a/"))).run();
        assertComplete();
        assertEquals(3, asked.size());
        assertTrue(asked.get(1).matches("bytes=[1-9]\\d*-"), asked::toString);
    }

    @Test
    void continuesWhatAnEarlierRunLeft() throws Exception {
        Crafted.write(folder.resolve("file.gz.part"), Arrays.copyOf(CONTENT, 123_456));
        serve("/a/", CONTENT, true, 0);
        download(List.of(url("/a/"))).run();
        assertComplete();
        assertEquals(List.of("bytes=123456-"), asked);
    }

    @Test
    void startsAgainWhereTheServerKnowsNoRanges() throws Exception {
        Crafted.write(folder.resolve("file.gz.part"), Arrays.copyOf(CONTENT, 123_456));
        serve("/a/", CONTENT, false, 0);
        download(List.of(url("/a/"))).run();
        assertComplete();
    }

    @Test
    void startsAgainWhenWhatWasLeftIsWrong() throws Exception {
        Crafted.write(folder.resolve("file.gz.part"), new byte[123_456]);
        serve("/a/", CONTENT, true, 0);
        download(List.of(url("/a/"))).run();
        assertComplete();
        assertEquals(List.of("bytes=123456-", "all"), asked);
    }

    @Test
    void takesTheNextMirrorAfterA404() throws Exception {
        serve("/b/", CONTENT, true, 0);
        download(List.of(url("/none/"), url("/b/"))).run();
        assertComplete();
    }

    private static String failure(Executable download) {
        return String.valueOf(assertThrows(Download.Failed.class, download).getMessage());
    }

    @Test
    void refusesAnotherChecksum() {
        byte[] wrong = CONTENT.clone();
        wrong[5]++;
        serve("/a/", wrong, true, 0);
        String message = failure(download(List.of(url("/a/")))::run);
        assertTrue(message.contains("SHA-256"), message);
        assertFalse(Files.exists(folder.resolve("file.gz")));
        assertFalse(Files.exists(folder.resolve("file.gz.part")));
        assertEquals(1, asked.size());
    }

    @Test
    void refusesMoreThanThePublishedSize() {
        serve("/a/", CONTENT, true, 0);
        String message = failure(download(List.of(url("/a/")), 1000, "00")::run);
        assertTrue(message.contains("more than the published 1000 bytes"), message);
        assertFalse(Files.exists(folder.resolve("file.gz.part")));
    }

    @Test
    void saysTheStatusWhenNoMirrorHasIt() {
        String message = failure(download(List.of(url("/none/")))::run);
        assertTrue(message.contains("localhost: HTTP status 404"), message);
    }

    @Test
    void leavesAFileThatIsThere() throws Exception {
        Crafted.write(folder.resolve("file.gz"), CONTENT);
        assertDoesNotThrow(download(List.of(url("/none/")))::run);
        assertComplete();
    }

    @Test
    void offlineSaysWhatToPutWhere() {
        server.stop(0);
        UnaryOperator<@Nullable String> environment = Map.of("ORNSTEIN_CACHE", folder.toString())::get;
        DataStore store = new DataStore(null, environment, p -> List.of(url("/")), (t, u, n, b) -> Progress.silent());
        String message = assertThrows(UserError.class, () -> store.load(DataSpec.of("mnist")))
                .getMessage();
        for (String part : List.of(
                "localhost",
                "train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz, t10k-labels",
                folder.resolve("data/mnist").toString(),
                "--data synthetic")) {
            assertTrue(message.contains(part), message);
        }
        assertFalse(message.contains("\n"));
    }
}
