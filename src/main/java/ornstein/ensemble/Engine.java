package ornstein.ensemble;

import java.util.Arrays;
import ornstein.kernel.Backend;
import ornstein.kernel.Block;
import ornstein.kernel.Kernel;
import ornstein.kernel.Precision;
import ornstein.method.Flow;
import ornstein.method.Halving;
import ornstein.method.Step;
import ornstein.model.Start;
import ornstein.random.Normals;
import ornstein.random.Streams;

/// Moves blocks of paths: compiled code, or the host. Safe for many threads, each with its own blocks.
sealed interface Engine permits Engine.Compiled, Halved, Engine.Host {
    /// The engine of an ensemble.
    static Engine of(EnsembleSpec spec, Backend backend) {
        return switch (spec.step()) {
            case Step step -> new Compiled(Kernel.of(step, spec.precision(), backend));
            case Halving halving -> new Halved(halving, backend);
            case Flow flow -> new Host(flow);
        };
    }

    Block newBlock(int capacity);

    /// Puts the block's paths at the start.
    void start(Block block, Start start);

    /// Moves all paths that have not failed through steps `first .. first + steps - 1`; tells how steps that
    /// are halved were.
    StepCounts advance(Block block, long first, int steps);

    /// Path steps that take about a tenth of a second.
    long stride();

    /// A compiled step.
    record Compiled(Kernel kernel) implements Engine {
        @Override
        public Block newBlock(int capacity) {
            return kernel.newBlock(capacity);
        }

        @Override
        public void start(Block block, Start start) {
            kernel.start(block, start);
        }

        @Override
        public StepCounts advance(Block block, long first, int steps) {
            kernel.advance(block, first, steps);
            return StepCounts.NONE;
        }

        @Override
        public long stride() {
            return 1 << 23;
        }
    }

    /// A flow on the host. A path that stands where the one before it stood, and has no noise, moves as that
    /// one did.
    record Host(Flow flow) implements Engine {
        @Override
        public Block newBlock(int capacity) {
            return new Block(Precision.F64, flow.size(), capacity);
        }

        @Override
        public void start(Block block, Start start) {
            Kernel.place(block, start, flow.size());
            move(block, -1, (x, _) -> flow.path().start(x));
        }

        @Override
        public StepCounts advance(Block block, long first, int steps) {
            for (int s = 0; s < steps; s++) {
                double time = (first + s) * flow.stepSize();
                move(block, first + s, (x, z) -> flow.path().step(x, time, z));
            }
            return StepCounts.NONE;
        }

        private interface Move {
            void move(double[] x, double[] normals);
        }

        private void move(Block block, long step, Move move) {
            int d = flow.size();
            double[] x = new double[d];
            double[] from = new double[d];
            double[] before = new double[d];
            double[] z = new double[step < 0 ? 0 : flow.normals()];
            boolean known = false;
            for (int i = 0; i < block.paths(); i++) {
                if (block.failedStep(i) >= 0) continue;
                for (int c = 0; c < d; c++) from[c] = block.get(c, i);
                if (!known || z.length > 0 || !Arrays.equals(from, before)) {
                    System.arraycopy(from, 0, x, 0, d);
                    Normals.fill(block.seed(), block.firstPath() + i, step * z.length, Streams.NOISE, z);
                    move.move(x, z);
                    System.arraycopy(from, 0, before, 0, d);
                    known = true;
                }
                if (Arrays.stream(x).allMatch(Double::isFinite)) for (int c = 0; c < d; c++) block.set(c, i, x[c]);
                else block.fail(i, Math.max(0, step));
            }
        }

        @Override
        public long stride() {
            return 1 << 10;
        }
    }
}
