package ornstein.train;

import java.util.Arrays;
import ornstein.random.Normals;
import ornstein.random.Streams;
import ornstein.spec.UserError;

/// Where a group of replicas starts.
final class Start {
    /// Paths of the stream of starts: shared initialisations are numbered from 0, those of replicas from here.
    private static final long PER_REPLICA = 1L << 61;

    private Start() {}

    /// The weights that a spec starts from, with the past they bring along.
    static Snapshot of(TrainSpec spec) {
        return switch (spec.init()) {
            case Init.Shared(int number, Scale scale) -> {
                double[] row = draw(spec, number, scale);
                double[][] theta = new double[spec.replicas()][];
                Arrays.fill(theta, row);
                yield fresh(spec, theta);
            }
            case Init.PerReplica(int number, Scale scale) -> {
                double[][] theta = new double[spec.replicas()][];
                for (int r = 0; r < theta.length; r++) {
                    long path = PER_REPLICA + ((long) number << 32) + spec.firstReplica() + r;
                    theta[r] = draw(spec, path, scale);
                }
                yield fresh(spec, theta);
            }
            case Init.Fork fork -> {
                Snapshot snapshot = Snapshot.read(fork.snapshot());
                snapshot.refuseOther(spec.network(), fork.snapshot());
                double[][] theta = new double[spec.replicas()][];
                for (int r = 0; r < theta.length; r++) {
                    theta[r] = snapshot.theta(fork.replica() < 0 ? spec.firstReplica() + r : fork.replica());
                }
                yield new Snapshot(
                        Snapshot.network(spec.network()),
                        snapshot.fixedSeed(),
                        snapshot.step(),
                        spec.firstReplica(),
                        theta);
            }
        };
    }

    private static Snapshot fresh(TrainSpec spec, double[][] theta) {
        return new Snapshot(Snapshot.network(spec.network()), spec.seed(), 0, spec.firstReplica(), theta);
    }

    /// One row of theta: weights normal with variance 1/fan-in, biases and shifts 0, gains 1; then the scale.
    private static double[] draw(TrainSpec spec, long path, Scale scale) {
        Layout layout = new Layout(spec.network());
        double[] row = new double[Math.toIntExact(layout.size())];
        Normals.fill(spec.seed(), path, 0, Streams.START, row);
        for (Slot slot : layout.slots()) {
            int from = (int) slot.from();
            int to = (int) (slot.from() + slot.size());
            switch (slot.start()) {
                case NORMAL -> Net.scale(row, from, to, Math.sqrt(1.0 / slot.fanIn()));
                case ZERO -> Arrays.fill(row, from, to, 0);
                case ONE -> Arrays.fill(row, from, to, 1);
            }
        }
        if (!scale.equals(Scale.NATURAL)) {
            rescale(spec, layout, row, scale);
        }
        return row;
    }

    private static void rescale(TrainSpec spec, Layout layout, double[] row, Scale scale) {
        if (layout.groups().isEmpty()) {
            throw new UserError("network " + spec.network().name()
                    + " has no scale-invariant parameters whose norm could be set; leave the norm out");
        }
        double square = 0;
        for (Group span : layout.spans()) {
            for (int i = (int) span.from(); i < span.to(); i++) {
                square = Math.fma(row[i], row[i], square);
            }
        }
        double factor = switch (scale) {
            case Scale.Factor(double f) -> f;
            case Scale.Absolute(double norm) -> norm / Math.sqrt(square);
        };
        for (Group span : layout.spans()) {
            Net.scale(row, (int) span.from(), (int) span.to(), factor);
        }
    }
}
