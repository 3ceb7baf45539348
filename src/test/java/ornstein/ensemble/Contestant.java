package ornstein.ensemble;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import ornstein.kernel.Backend;
import ornstein.kernel.Precision;

/// Something that simulates a model with step size 1/100, and is timed.
sealed interface Contestant extends AutoCloseable {
    /// @param mean of the first coordinate at the end
    /// @param square mean of its square
    record Answer(double seconds, double mean, double square) {}

    String name();

    Answer run(long paths, long steps, int threads);

    @Override
    default void close() {}

    /// The ensemble engine from the model's YAML.
    record Engine(String name, String model, Precision precision, Backend backend) implements Contestant {
        @Override
        public Answer run(long paths, long steps, int threads) {
            EnsembleSpec spec = Runs.request(
                            Runs.model(model, java.util.Map.of()), "euler-maruyama", paths, 0.01, steps, 1, precision)
                    .resolve()
                    .ensemble();
            long begun = System.nanoTime();
            EnsembleResult result = new Ensemble(spec, backend).threads(threads).run();
            double seconds = (System.nanoTime() - begun) / 1e9;
            double mean = result.mean(1, 0);
            double n = result.count();
            return new Answer(seconds, mean, result.covariance(1, 0, 0) * (n - 1) / n + mean * mean);
        }
    }

    /// [HandKernel] over threads.
    record Hand(String name) implements Contestant {
        @Override
        public Answer run(long paths, long steps, int threads) {
            double[] sums = new double[2 * threads];
            long begun = System.nanoTime();
            Thread[] all = new Thread[threads];
            for (int k = 0; k < threads; k++) {
                int first = k;
                all[k] = Thread.ofPlatform().start(() -> work(first, threads, paths, steps, sums));
            }
            try {
                for (Thread t : all) t.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            double mean = 0;
            double square = 0;
            for (int k = 0; k < threads; k++) {
                mean += sums[2 * k] / paths;
                square += sums[2 * k + 1] / paths;
            }
            return new Answer(seconds, mean, square);
        }

        private static void work(int k, int threads, long paths, long steps, double[] sums) {
            HandKernel kernel = new HandKernel(1);
            for (long first = (long) k * HandKernel.TILE; first < paths; first += (long) threads * HandKernel.TILE) {
                Arrays.fill(kernel.x, 1);
                kernel.run(first, steps, 0.02f, 0.1f);
                for (float x : kernel.x) {
                    sums[2 * k] += x;
                    sums[2 * k + 1] += (double) x * x;
                }
            }
        }
    }

    /// A program that answers lines of paths, steps and threads.
    final class Peer implements Contestant {
        private final String name;
        private final Process process;
        private final PrintWriter to;
        private final BufferedReader from;

        Peer(String name, List<String> command) {
            this.name = name;
            try {
                process = new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            to = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
            from = process.inputReader(StandardCharsets.UTF_8);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Answer run(long paths, long steps, int threads) {
            try {
                to.println(paths + " " + steps + " " + threads);
                String line = from.readLine();
                if (line == null) throw new IllegalStateException(name + " ended");
                String[] words = line.split(" ", -1);
                return new Answer(
                        Double.parseDouble(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            to.close();
            process.destroy();
        }
    }
}
