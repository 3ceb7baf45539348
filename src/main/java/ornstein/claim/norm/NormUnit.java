package ornstein.claim.norm;

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
import ornstein.train.Group;
import ornstein.train.GroupSums;
import ornstein.train.Net;
import ornstein.train.Outcome;
import ornstein.train.Probe;
import ornstein.train.TrainSpec;
import ornstein.train.Training;
import ornstein.train.Watch;
import ornstein.train.data.Dataset;
import ornstein.train.probe.GradientNoise;
import ornstein.train.probe.LossSurface;
import ornstein.train.probe.Moments;
import ornstein.train.probe.PairNoise;

/// Trains some replicas, adds up norms and rotations over the window, and, where the training keeps snapshots,
/// estimates the gradient noise at each of them from batches that training did not use.
///
/// @param name of the unit
/// @param spec what decides the result
/// @param data the data set
/// @param cost expected CPU seconds
record NormUnit(String name, Spec spec, Dataset data, double cost) implements Unit {
    private static final int CHUNK = 500;

    /// @param training probes at every step of the trace, at the beginning and at the end of the window
    /// @param from first step of the window
    /// @param pairs pairs of batches an estimate
    record Spec(TrainSpec training, long from, int pairs) {}

    /// @param window all groups over the window
    /// @param trace norms and noise on the way; of no time where no snapshots are kept
    /// @param diverged replicas that are left out
    record Result(NormWindow window, NormTrace trace, int diverged) {}

    @Override
    public void run(Path folder, DoubleConsumer done, Interruption interruption) {
        Path runs = folder.resolve("training");
        if (!Files.exists(result(folder))) {
            new TrainUnit(name, spec.training, data, cost)
                    .run(runs, fraction -> done.accept(0.6 * fraction), interruption);
            Outcome outcome = Training.run(spec.training, data, runs, Watch.NONE);
            int[] finite = IntStream.range(0, outcome.replicas())
                    .filter(outcome::finite)
                    .toArray();
            if (finite.length < 2) {
                throw new UserError("fewer than two runs of " + name + " stayed finite: lower eta");
            }
            NormWindow window = window(outcome, finite);
            NormTrace trace = trace(outcome, finite, interruption);
            AtomicFile.write(result(folder), Json.bytes(new Result(window, trace, outcome.replicas() - finite.length)));
        }
        Scratch.delete(runs);
    }

    private static Path result(Path folder) {
        return folder.resolve("norms.json");
    }

    static Result read(Path folder) {
        return Json.read(result(folder), Result.class);
    }

    private NormWindow window(Outcome outcome, int[] finite) {
        List<Probe> probes = outcome.probes();
        int first = IntStream.range(0, probes.size())
                .filter(i -> probes.get(i).step() == spec.from)
                .findFirst()
                .orElseThrow();
        int groups = net().groups().size();
        List<List<NormRow>> replicas = new ArrayList<>();
        for (int r : finite) {
            List<NormRow> rows = new ArrayList<>();
            for (int g = 0; g < groups; g++) {
                GroupSums before = sums(probes.get(first));
                NormRow row = row(sums(probes.get(first + 1)), r, g, before.norm2(r, g), dead(before, r, g));
                for (int i = first + 2; i < probes.size(); i++) {
                    row = row.then(row(sums(probes.get(i)), r, g, row.end(), false));
                }
                rows.add(row);
            }
            replicas.add(List.copyOf(rows));
        }
        return new NormWindow(probes.getLast().step() - spec.from, replicas);
    }

    private static boolean dead(GroupSums sums, int r, int g) {
        return sums.zeroGradients(r, g) > NormRow.DEAD * sums.steps();
    }

    private static NormRow row(GroupSums sums, int r, int g, double start, boolean dead) {
        return new NormRow(
                start,
                sums.norm2(r, g),
                sums.sumNorm2(r, g),
                sums.sumGradient2(r, g),
                sums.sumStep2(r, g),
                sums.sumRotation2(r, g),
                sums.zeroGradients(r, g),
                dead || dead(sums, r, g));
    }

    private static GroupSums sums(Probe probe) {
        GroupSums sums = probe.groups();
        if (sums == null) {
            throw new IllegalStateException("a probe without sums over groups");
        }
        return sums;
    }

    private Net net() {
        return Net.of(spec.training.network(), spec.training.precision(), spec.training.seed());
    }

    private NormTrace trace(Outcome outcome, int[] finite, Interruption interruption) {
        Net net = net();
        List<Long> steps = spec.training.probes().snapshots();
        List<Group> groups = net.groups();
        List<List<List<Double>>> norm2 = empty(finite.length, groups.size());
        List<List<List<Double>>> noise = empty(finite.length, groups.size());
        List<List<List<Double>>> drift = empty(finite.length, groups.size());
        try (LossSurface loss = new LossSurface(net, data.train(), CHUNK)) {
            for (int t = 0; t < steps.size(); t++) {
                interruption.check();
                double[][] weights = outcome.snapshot(steps.get(t)).theta();
                for (int i = 0; i < finite.length; i++) {
                    double[] w = weights[finite[i]];
                    GradientNoise at = PairNoise.estimate(
                            loss,
                            w,
                            spec.training.batch(),
                            spec.pairs,
                            spec.training.seed(),
                            (long) t * outcome.replicas() + finite[i]);
                    for (int g = 0; g < groups.size(); g++) {
                        double square = 0;
                        for (long j = groups.get(g).from(); j < groups.get(g).to(); j++) {
                            square += w[(int) j] * w[(int) j];
                        }
                        Moments sphere = at.groups().get(g).onSphere(square);
                        norm2.get(i).get(g).add(square);
                        noise.get(i).get(g).add(sphere.trace().value());
                        drift.get(i).get(g).add(sphere.gradient2().value());
                    }
                }
            }
        }
        return new NormTrace(steps, norm2, noise, drift);
    }

    private static List<List<List<Double>>> empty(int replicas, int groups) {
        return IntStream.range(0, replicas)
                .mapToObj(r -> IntStream.range(0, groups)
                        .<List<Double>>mapToObj(g -> new ArrayList<>())
                        .toList())
                .toList();
    }
}
