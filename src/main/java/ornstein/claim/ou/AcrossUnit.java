package ornstein.claim.ou;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import ornstein.claim.Unit;
import ornstein.run.AtomicFile;
import ornstein.run.Interruption;
import ornstein.run.Json;
import ornstein.train.Net;
import ornstein.train.TrainSpec;
import ornstein.train.data.Dataset;
import ornstein.train.probe.LossSurface;

/// Distances and averages across initialisations, from one sibling of each checkpoint.
///
/// @param name of the unit
/// @param spec what decides the result
/// @param weights weights of one run a checkpoint, by checkpoint, `[T][parameter]`; read when the unit runs
/// @param data the data set
/// @param cost expected CPU seconds
record AcrossUnit(String name, Spec spec, Weights weights, Dataset data, double cost) implements Unit {

    /// @param checkpoints those that are there
    /// @param start how they are trained
    record Spec(List<Integer> checkpoints, TrainSpec start, OuSettings settings) {}

    @FunctionalInterface
    interface Weights {
        double[][] of(int checkpoint);
    }

    static AcrossResult read(Path folder) {
        return Json.read(folder.resolve("across.json"), AcrossResult.class);
    }

    @Override
    public void run(Path folder, DoubleConsumer done, Interruption interruption) {
        List<Integer> numbers = spec.checkpoints;
        List<double[][]> at = numbers.stream().map(weights::of).toList();
        int starts = spec.settings.starts().size();
        List<List<Double>> distances = new ArrayList<>();
        for (int t = 0; t < starts; t++) {
            List<Double> pairs = new ArrayList<>();
            for (int i = 0; i < at.size(); i++) {
                for (int j = 0; j < i; j++) {
                    pairs.add(SiblingDistances.squaredDistance(at.get(i)[t], at.get(j)[t]));
                }
            }
            distances.add(List.copyOf(pairs));
        }
        TrainSpec start = spec.start;
        Net net = Net.of(start.network(), start.precision(), start.seed());
        List<PairLoss> averages = new ArrayList<>();
        try (LossSurface heldOut = new LossSurface(net, data.heldOut(), ForkUnit.CHUNK)) {
            Losses losses = new Losses(heldOut);
            double[] alone = new double[at.size()];
            for (int i = 0; i < at.size(); i++) {
                alone[i] = losses.at(at.get(i)[1]);
                for (int j = 0; j < i; j++) {
                    interruption.check();
                    averages.add(losses.pair(
                            numbers.get(j), numbers.get(i), at.get(j)[1], alone[j], at.get(i)[1], alone[i]));
                }
                done.accept((i + 1.0) / at.size());
            }
        }
        AtomicFile.write(folder.resolve("across.json"), Json.bytes(new AcrossResult(distances, averages)));
    }
}
