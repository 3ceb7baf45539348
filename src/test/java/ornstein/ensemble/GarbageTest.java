package ornstein.ensemble;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ornstein.kernel.Backend;
import ornstein.kernel.Precision;

class GarbageTest {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// Bytes that a run on this thread allocates.
    private static long allocated(Backend backend, Precision precision, int leaves) {
        EnsembleSpec spec = Runs.request(
                        Runs.model("double-well", Map.of()),
                        "euler-maruyama",
                        4096L * leaves,
                        0.01,
                        40,
                        10,
                        precision,
                        0.1)
                .resolve()
                .ensemble();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        new Ensemble(spec, backend).threads(1).groups(1e6).run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /// Six times the paths take no more memory, once the compilers are done.
    @ParameterizedTest
    @CsvSource({"SCALAR,F32", "SCALAR,F64", "VECTOR,F32", "VECTOR,F64"})
    void allocationDoesNotGrowWithThePaths(Backend backend, Precision precision) {
        long more = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 30 && more > 1 << 20; attempt++) {
            more = allocated(backend, precision, 120) - allocated(backend, precision, 20);
        }
        assertTrue(more < 1 << 20, more + " bytes for a hundred leaves after warming up");
    }
}
