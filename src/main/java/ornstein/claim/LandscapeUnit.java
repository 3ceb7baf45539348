package ornstein.claim;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import ornstein.run.AtomicFile;
import ornstein.run.Interruption;
import ornstein.run.Json;
import ornstein.train.Outcome;
import ornstein.train.TrainSpec;
import ornstein.train.Training;
import ornstein.train.Watch;
import ornstein.train.data.Dataset;
import ornstein.train.probe.Eigenpairs;
import ornstein.train.probe.LossSurface;
import ornstein.train.probe.Moments;
import ornstein.train.probe.PairNoise;
import ornstein.train.probe.PerExampleNoise;

/// The training loss around the weights that a finished training kept: the largest eigenvalues of the Hessian, and the
/// gradient with its noise by two estimators that share nothing but the network.
///
/// @param training its outcome lies in `trained`
/// @param trained the training unit's folder
public record LandscapeUnit(String name, Spec spec, TrainSpec training, Dataset data, Path trained, double cost)
        implements Unit {
    private static final int CHUNK = 500;
    private static final double TOLERANCE = 1e-3;
    private static final int PRODUCTS = 200;

    /// @param training key of the training unit
    /// @param eigenvalues how many; 0 for none
    /// @param pairs of batches an estimate of the noise; 0 for none
    public record Spec(String training, int eigenvalues, int pairs) {}

    /// One point. Numbers that were not asked for are null.
    ///
    /// @param replica its number
    /// @param eigenvalues of the Hessian of the training loss without weight decay, the largest first
    /// @param residual of the worst of them, relative to the largest
    /// @param pairs noise of a batch, from pairs of batches
    /// @param examples the same from gradients of single examples; null with batch norm, where there are none
    public record Point(
            long step,
            long replica,
            @Nullable List<Double> eigenvalues,
            @Nullable Double residual,
            @Nullable Moments pairs,
            @Nullable Moments examples) {}

    /// All points of a unit.
    public record Result(List<Point> points) {}

    /// What examines the snapshots of a training unit.
    public static LandscapeUnit of(TrainUnit unit, int eigenvalues, int pairs, Results results) {
        TrainSpec training = unit.spec();
        double products = eigenvalues == 0
                ? 0
                : 3.0 * (20 + 3 * eigenvalues) * unit.data().train().count();
        double gradients = 4.0 * pairs * training.batch();
        double cost = training.network().seconds(1)
                * training.replicas()
                * training.probes().snapshots().size()
                * (products + gradients);
        return new LandscapeUnit(
                unit.name() + "-landscape",
                new Spec(unit.key(), eigenvalues, pairs),
                training,
                unit.data(),
                results.folder(unit),
                cost);
    }

    public Result read(Results results) {
        return Json.read(result(results.folder(this)), Result.class);
    }

    private static Path result(Path folder) {
        return folder.resolve("landscape.json");
    }

    @Override
    public void run(Path folder, DoubleConsumer done, Interruption interruption) {
        if (Files.exists(result(folder))) {
            return;
        }
        Outcome outcome = Training.run(training, data, trained, Watch.NONE);
        List<Long> steps = training.probes().snapshots();
        List<Point> points = new ArrayList<>();
        try (LossSurface loss = new LossSurface(Training.net(training), data.train(), CHUNK)) {
            for (int t = 0; t < steps.size(); t++) {
                double[][] weights = outcome.snapshot(steps.get(t)).theta();
                for (int r = 0; r < weights.length; r++) {
                    interruption.check();
                    if (Arrays.stream(weights[r]).allMatch(Double::isFinite)) {
                        points.add(point(loss, steps.get(t), t, r, weights[r]));
                    }
                    done.accept((t * weights.length + r + 1.0) / (steps.size() * weights.length));
                }
            }
        }
        AtomicFile.write(result(folder), Json.bytes(new Result(points)));
    }

    private Point point(LossSurface loss, long step, int t, int r, double[] w) {
        long replica = training.firstReplica() + r;
        List<Double> values = null;
        Double residual = null;
        if (spec.eigenvalues > 0) {
            Eigenpairs top = loss.topOfHessian(w, spec.eigenvalues, TOLERANCE, PRODUCTS, training.seed());
            values = Arrays.stream(top.values()).boxed().toList();
            double size = Arrays.stream(top.values()).map(Math::abs).max().orElseThrow();
            residual = Arrays.stream(top.residuals()).max().orElseThrow() / size;
        }
        Moments pairs = null;
        Moments examples = null;
        if (spec.pairs > 0) {
            long path = replica * training.probes().snapshots().size() + t;
            int batch = training.batch();
            pairs = PairNoise.estimate(loss, w, batch, spec.pairs, training.seed(), 2 * path)
                    .whole();
            if (!loss.hasBatchNorm()) {
                int n = Math.max(2 * spec.pairs * batch, 32);
                examples = PerExampleNoise.sampled(loss, w, n, training.seed(), 2 * path + 1)
                        .ofBatch(batch)
                        .whole();
            }
        }
        return new Point(step, replica, values, residual, pairs, examples);
    }
}
