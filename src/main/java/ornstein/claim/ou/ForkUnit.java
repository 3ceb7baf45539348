package ornstein.claim.ou;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import ornstein.claim.Scratch;
import ornstein.claim.TrainUnit;
import ornstein.claim.Unit;
import ornstein.run.AtomicFile;
import ornstein.run.Interruption;
import ornstein.run.Json;
import ornstein.spec.UserError;
import ornstein.stats.OuBand;
import ornstein.train.Group;
import ornstein.train.Net;
import ornstein.train.Outcome;
import ornstein.train.TrainSpec;
import ornstein.train.Training;
import ornstein.train.Watch;
import ornstein.train.data.Dataset;
import ornstein.train.data.Examples;
import ornstein.train.probe.Eigenpairs;
import ornstein.train.probe.GradientNoise;
import ornstein.train.probe.LossSurface;
import ornstein.train.probe.PerExampleNoise;

/// The siblings of one checkpoint: trains them, measures their distances and averages, and keeps the measurements
/// and a few points instead of all snapshots.
///
/// @param name of the unit
/// @param spec what decides the result
/// @param training of the siblings, from the checkpoint's file
/// @param data the data set
/// @param cost expected CPU seconds
record ForkUnit(String name, Spec spec, TrainSpec training, Dataset data, double cost) implements Unit {
    /// Examples that go through the network at once.
    static final int CHUNK = 500;

    /// @param checkpoint number of the checkpoint
    /// @param start how the checkpoints are trained
    record Spec(int checkpoint, TrainSpec start, OuSettings settings) {}

    @Override
    public void run(Path folder, DoubleConsumer done, Interruption interruption) {
        Path runs = folder.resolve("training");
        if (!Files.exists(result(folder))) {
            new TrainUnit(name, training, data, cost).run(runs, fraction -> done.accept(0.8 * fraction), interruption);
            Outcome outcome = Training.run(training, data, runs, Watch.NONE);
            measure(outcome, folder, interruption);
        }
        Scratch.delete(runs);
    }

    private static Path result(Path folder) {
        return folder.resolve("fork.json");
    }

    static ForkResult read(Path folder) {
        return Json.read(result(folder), ForkResult.class);
    }

    /// Weights of the first sibling at each start, `[T][parameter]`.
    double[][] points(Path folder) {
        return Points.read(folder.resolve("points.bin"), spec.settings.starts().size());
    }

    private void measure(Outcome outcome, Path folder, Interruption interruption) {
        OuSettings settings = spec.settings;
        List<Long> starts = settings.startSteps();
        List<Long> lags = settings.lagSteps();
        long fork = starts.getFirst();
        int[] finite =
                IntStream.range(0, outcome.replicas()).filter(outcome::finite).toArray();
        if (finite.length < 2) {
            throw new UserError(
                    "fewer than two siblings of checkpoint " + spec.checkpoint + " stayed finite; the learning rate "
                            + settings.eta() + " is too large for " + settings.network());
        }
        SiblingDistances.Snapshots snapshots = step -> {
            interruption.check();
            double[][] all = outcome.snapshot(step - fork).theta();
            return IntStream.of(finite).mapToObj(r -> all[r]).toArray(double[][]::new);
        };
        Net net = Net.of(training.network(), training.precision(), training.seed());
        double[] checkpoint = snapshots.at(fork)[0];
        Eigenpairs top = curvature(net, checkpoint);
        interruption.check();
        GradientNoise noise = noise(net, checkpoint, top.vectors());
        List<OuBand.Mode> modes = new ArrayList<>();
        double residual = 0;
        for (int i = 0; i < settings.modes(); i++) {
            modes.add(new OuBand.Mode(top.values()[i], noise.modes().get(i).value()));
            residual = Math.max(residual, top.residuals()[i] / top.values()[0]);
        }
        SiblingDistances distances = SiblingDistances.measure(starts, lags, top.vectors(), snapshots);
        List<List<PairLoss>> within = new ArrayList<>();
        List<List<PairLoss>> siblings = new ArrayList<>();
        try (LossSurface heldOut = surface(net, data.heldOut())) {
            Losses losses = new Losses(heldOut);
            double[][] from = snapshots.at(starts.get(1));
            double[] lossFrom = losses(losses, from);
            for (long lag : lags) {
                double[][] to = snapshots.at(starts.get(1) + lag);
                within.add(pairs(losses, from, lossFrom, to, losses(losses, to)));
                double[][] apart = snapshots.at(fork + lag);
                siblings.add(siblings(losses, apart));
            }
        }
        Points.write(
                folder.resolve("points.bin"),
                starts.stream().map(start -> snapshots.at(start)[0]).toList());
        ForkResult result = new ForkResult(
                distances,
                modes,
                residual,
                noise.whole().trace().value(),
                noise.whole().gradient2().value(),
                within,
                siblings,
                largestShare(net, snapshots.at(starts.getLast()), snapshots.at(starts.getLast() + lags.getLast())),
                outcome.replicas() - finite.length);
        AtomicFile.write(result(folder), Json.bytes(result));
    }

    private static double largestShare(Net net, double[][] from, double[][] to) {
        double total = 0;
        for (int i = 0; i < from.length; i++) {
            total += SiblingDistances.squaredDistance(from[i], to[i]);
        }
        double largest = 0;
        for (Group group : net.groups()) {
            double sum = 0;
            for (int i = 0; i < from.length; i++) {
                for (int j = Math.toIntExact(group.from()); j < group.to(); j++) {
                    double moved = to[i][j] - from[i][j];
                    sum += moved * moved;
                }
            }
            largest = Math.max(largest, sum / total);
        }
        return largest;
    }

    private LossSurface surface(Net net, Examples examples) {
        return new LossSurface(net, examples, CHUNK);
    }

    private Eigenpairs curvature(Net net, double[] at) {
        OuSettings settings = spec.settings;
        int count = settings.curvatureExamples();
        try (LossSurface loss =
                surface(net, count == 0 ? data.train() : data.train().first(count))) {
            return loss.topOfHessian(at, settings.modes(), 0.01, settings.products(), training.seed());
        }
    }

    private GradientNoise noise(Net net, double[] at, double[][] directions) {
        try (LossSurface loss = surface(net, data.train())) {
            return PerExampleNoise.sampled(
                            loss, at, spec.settings.noiseExamples(), training.seed(), spec.checkpoint, directions)
                    .ofBatch(training.batch());
        }
    }

    private static double[] losses(Losses losses, double[][] points) {
        double[] all = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            all[i] = losses.at(points[i]);
        }
        return all;
    }

    private List<PairLoss> pairs(Losses losses, double[][] x, double[] lossOfX, double[][] y, double[] lossOfY) {
        List<PairLoss> pairs = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            pairs.add(losses.pair(spec.checkpoint, spec.checkpoint, x[i], lossOfX[i], y[i], lossOfY[i]));
        }
        return List.copyOf(pairs);
    }

    /// Disjoint pairs of siblings.
    private List<PairLoss> siblings(Losses losses, double[][] at) {
        int pairs = at.length / 2;
        double[][] x = new double[pairs][];
        double[][] y = new double[pairs][];
        for (int i = 0; i < pairs; i++) {
            x[i] = at[2 * i];
            y[i] = at[2 * i + 1];
        }
        return pairs(losses, x, losses(losses, x), y, losses(losses, y));
    }
}
