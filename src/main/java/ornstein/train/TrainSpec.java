package ornstein.train;

import static ornstein.spec.Require.require;

import java.util.ArrayList;
import java.util.List;
import ornstein.method.Sampling;
import ornstein.train.data.DataSpec;

/// One unit of work: replicas `firstReplica .. firstReplica + replicas - 1` of one configuration, trained
/// side by side.
///
/// @param network what is trained
/// @param precision of parameters and arithmetic
/// @param data the data set
/// @param eta learning rate
/// @param lambda weight decay
/// @param optimiser what moves the weights
/// @param batch examples in a batch; of noisy gradient descent, the batch whose noise it has
/// @param sampling how batches are drawn; every replica has its own
/// @param labelNoise probability with which the label of an example of a batch is replaced, anew at every step, by a
///     class drawn uniformly from all
/// @param init where training starts
/// @param seed key of all randomness
/// @param firstReplica number of the first replica
/// @param replicas size of the group
/// @param steps updates in all
/// @param probes what is measured
public record TrainSpec(
        NetworkSpec network,
        Precision precision,
        DataSpec data,
        Schedule eta,
        Schedule lambda,
        Optimiser optimiser,
        int batch,
        Sampling sampling,
        double labelNoise,
        Init init,
        long seed,
        long firstReplica,
        int replicas,
        long steps,
        ProbePlan probes) {
    public TrainSpec {
        require(batch >= 1, "a batch has at least 1 example, not " + batch);
        require(labelNoise >= 0 && labelNoise <= 1, "label noise lies in [0, 1], not " + labelNoise);
        require(firstReplica >= 0 && replicas >= 1, "replicas are numbered from 0, at least one: " + replicas);
        require(steps >= 0, "steps must be at least 0, not " + steps);
        for (List<Long> at : List.of(probes.steps(), probes.snapshots())) {
            require(at.isEmpty() || at.getLast() <= steps, "a probe after the last step " + steps);
        }
    }

    /// As above, with SGD of a momentum in PyTorch's form; 0 = plain SGD.
    public TrainSpec(
            NetworkSpec network,
            Precision precision,
            DataSpec data,
            Schedule eta,
            Schedule lambda,
            double momentum,
            int batch,
            Sampling sampling,
            double labelNoise,
            Init init,
            long seed,
            long firstReplica,
            int replicas,
            long steps,
            ProbePlan probes) {
        this(
                network,
                precision,
                data,
                eta,
                lambda,
                Optimiser.momentum(momentum),
                batch,
                sampling,
                labelNoise,
                init,
                seed,
                firstReplica,
                replicas,
                steps,
                probes);
    }

    /// The same spec for `total` replicas, cut into groups of `groupSize` (the last may be smaller). The group size is
    /// part of the result: [NetworkSpec#groupSize] is the default, never a number that depends on the machine.
    public List<TrainSpec> split(int total, int groupSize) {
        List<TrainSpec> groups = new ArrayList<>();
        for (int first = 0; first < total; first += groupSize) {
            groups.add(withReplicas(firstReplica + first, Math.min(groupSize, total - first)));
        }
        return List.copyOf(groups);
    }

    public TrainSpec withReplicas(long first, int count) {
        return with(optimiser, init, first, count);
    }

    /// Roughly the CPU seconds of it, to plan by.
    ///
    /// @param examples how many there are to train with
    public double seconds(int examples) {
        return steps * replicas * optimiser.seconds(network, batch, examples);
    }

    public TrainSpec withInit(Init other) {
        return with(optimiser, other, firstReplica, replicas);
    }

    public TrainSpec withOptimiser(Optimiser other) {
        return with(other, init, firstReplica, replicas);
    }

    private TrainSpec with(Optimiser otherOptimiser, Init otherInit, long first, int count) {
        return new TrainSpec(
                network,
                precision,
                data,
                eta,
                lambda,
                otherOptimiser,
                batch,
                sampling,
                labelNoise,
                otherInit,
                seed,
                first,
                count,
                steps,
                probes);
    }
}
