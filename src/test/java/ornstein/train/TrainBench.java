package ornstein.train;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import ornstein.method.Sampling;
import ornstein.random.Normals;
import ornstein.random.Uniforms;
import ornstein.train.data.DataSpec;
import ornstein.train.data.Dataset;
import ornstein.train.data.Examples;

/// A training step here against the same step in PyTorch, in one run: rounds of both alternate, each timed in
/// CPU time of its only thread, so that a busy machine slows both alike. See src/bench/train.sh.
///
/// Here it is [Training#run] itself that is timed, with divergence checks and the clock; there a plain training loop.
public final class TrainBench {
    private static final int EXAMPLES = 4096;
    private static final int ROUNDS = 31;

    private TrainBench() {}

    /// @param chunk steps in a round here, and in PyTorch
    private record Case(
            String name, NetworkSpec network, int batch, int replicas, int chunk, int peerChunk, double goal) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        NetworkSpec tiny = new NetworkSpec(
                "tiny",
                List.of(20),
                10,
                List.of(
                        new Layer.Linear(32, Norm.NONE, false, false),
                        Layer.Activation.RELU,
                        new Layer.Linear(10, Norm.NONE, false, false)));
        List<Case> cases = List.of(
                new Case("mlp-wn", NetworkSpec.read(Path.of("mlp-wn")), 32, 1, 100, 100, 1.15),
                new Case("cnn4-gn", NetworkSpec.read(Path.of("cnn4-gn")), 32, 1, 10, 10, 1.15),
                new Case("tiny", tiny, 8, 64, 100, 500, 0.1),
                new Case("tiny", tiny, 8, 512, 20, 500, 0.1));
        try (Peer peer = new Peer(arguments[0], arguments[1])) {
            System.out.println("PyTorch " + peer.version + " with OpenBLAS against Ornstein; one thread each");
            System.out.printf(
                    "%-8s %5s %9s %16s %16s %7s %7s%n",
                    "net", "batch", "replicas", "PyTorch us/step", "Ornstein us/step", "ratio", "goal");
            for (Case c : cases) {
                compare(c, peer);
            }
        }
    }

    /// One line of the table: medians over rounds, per step and replica.
    private static void compare(Case c, Peer peer) throws IOException, InterruptedException {
        double[] here = new double[ROUNDS];
        double[] there = new double[ROUNDS];
        Path folder = Files.createTempDirectory("train-bench");
        Rounds rounds = new Rounds(c, peer, here, there);
        Thread thread = new Thread(() -> Training.run(spec(c), data(c.network), folder, rounds));
        thread.start();
        thread.join();
        for (File file : folder.toFile().listFiles()) {
            Files.delete(file.toPath());
        }
        Files.delete(folder);
        double ours = median(here) / c.chunk / c.replicas;
        double theirs = median(there) / c.peerChunk;
        System.out.printf(
                Locale.ROOT,
                "%-8s %5d %9d %16.2f %16.2f %7.3f %7s%n",
                c.name,
                c.batch,
                c.replicas,
                1e6 * theirs,
                1e6 * ours,
                ours / theirs,
                "<= " + c.goal);
    }

    private static double median(double[] x) {
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static TrainSpec spec(Case c) {
        return new TrainSpec(
                c.network,
                Precision.F32,
                DataSpec.of("synthetic"),
                Schedule.constant(0.05),
                Schedule.constant(1e-3),
                0,
                c.batch,
                Sampling.IID,
                0,
                new Init.Shared(0, Scale.NATURAL),
                1,
                0,
                c.replicas,
                (long) c.chunk * (ROUNDS + Rounds.WARM_UP) + 1,
                ProbePlan.predictions(List.of()));
    }

    private static Dataset data(NetworkSpec network) {
        int width = network.input().stream().reduce(1, Math::multiplyExact);
        float[] inputs = new float[EXAMPLES * width];
        Normals.fill(1, 0, 0, 0, inputs);
        byte[] labels = new byte[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            labels[i] = (byte) (10 * Uniforms.at(2, 0, i, 0));
        }
        Examples examples = new Examples(inputs, labels);
        return new Dataset("bench", network.input(), 10, examples, examples.first(8), List.of());
    }

    /// Counts steps from within the training loop, and after each round of them lets PyTorch do one.
    private static final class Rounds implements Watch {
        static final int WARM_UP = 10;

        private final Case c;
        private final Peer peer;
        private final double[] here;
        private final double[] there;
        private long step;
        private long started;

        Rounds(Case c, Peer peer, double[] here, double[] there) {
            this.c = c;
            this.peer = peer;
            this.here = here;
            this.there = there;
        }

        @Override
        public boolean interrupted() {
            if (step % c.chunk == 0) {
                long now = cpu();
                int round = (int) (step / c.chunk) - 1 - WARM_UP;
                double seconds = peer.run(c.name, c.peerChunk);
                if (round >= 0) {
                    here[round] = (now - started) / 1e9;
                    there[round] = seconds;
                }
                started = cpu();
            }
            step++;
            return false;
        }

        @Override
        public double checkpointSeconds() {
            return Double.POSITIVE_INFINITY;
        }

        private static long cpu() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    }

    /// The other side, a process that does as many steps as it is told.
    private static final class Peer implements AutoCloseable {
        private final Process process;
        private final BufferedReader in;
        private final PrintWriter out;
        final String version;

        /// Debian's PyTorch links whatever libblas is installed, which may be the slow reference; it is given ours.
        Peer(String python, String script) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(python, script).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("LD_PRELOAD", Loader.load(openblas.class));
            for (String threads : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")) {
                builder.environment().put(threads, "1");
            }
            process = builder.start();
            in = process.inputReader(StandardCharsets.UTF_8);
            out = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
            version = line();
        }

        /// Seconds of CPU time for so many steps.
        double run(String name, int steps) {
            out.println(name + " " + steps);
            return Double.parseDouble(line());
        }

        private String line() {
            try {
                String line = in.readLine();
                if (line == null) {
                    throw new IllegalStateException("PyTorch's side ended; its message is above");
                }
                return line;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            out.close();
        }
    }
}
