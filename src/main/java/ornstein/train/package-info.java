/// Real networks trained by real SGD on libtorch: many replicas of one network, each with its own noise.
///
/// | class | holds |
/// |---|---|
/// | [ornstein.train.NetworkSpec] | what a network is, read from YAML |
/// | [ornstein.train.Net] | the network as a function of one flat tensor theta `[R, P]`: R replicas, P parameters |
/// | [ornstein.train.Group] | scale-invariant parameters as a range of theta |
/// | [ornstein.train.TrainSpec] | a unit of work: one group of replicas of one configuration, trained side by side |
/// | [ornstein.train.Optimiser] | what moves the weights: an algorithm of [ornstein.method.algorithm], or a flow |
/// | [ornstein.train.Training] | does the work: runs, goes on from a checkpoint, or reads what is finished |
/// | [ornstein.train.ProbePlan], [ornstein.train.Probe] | what to measure at which steps, and what was measured |
/// | [ornstein.train.Outcome], [ornstein.train.Snapshot] | all probes, divergences and saved weights of a unit |
/// | [ornstein.train.Evaluation] | predictions, loss and accuracy of given weights on given examples |
///
/// ```java
/// TrainSpec spec = new TrainSpec(NetworkSpec.read(Path.of("mlp-wn-192")), Precision.F32, DataSpec.of("synthetic"),
///         Schedule.constant(0.2), Schedule.constant(0.04), 0, 16, Sampling.IID, 0,
///         new Init.Shared(0, Scale.NATURAL), 1, 0, 64, 1000, ProbePlan.predictions(List.of(500L, 1000L)));
/// Outcome outcome = Training.run(spec, data, folder, Watch.NONE);
/// ```
///
/// An algorithm is applied to tensors by the algebra that compiled steps are made from (`Update`, `TensorCode`);
/// gradient flow and modified flows are integrated beside it (`Flow`). Plain SGD is
/// w' = (1 - eta lambda) w - eta g; momentum is PyTorch's: v' = rho v + g + lambda w, w' = w - eta v'.
///
/// All randomness is Philox keyed by the spec's seed with a counter of (replica, step, stream). So a
/// replica's numbers depend on the spec, the seed, the replica's number and the group it trains in, and on
/// nothing else: not on threads, not on a resume, not on the divergence of a neighbour. Between groups of
/// different make-up a replica's numbers agree to rounding.
///
/// With norms whose eps is 0, (eta, lambda, w) and (c^2 eta, lambda/c^2, c w) give the same function at every step, to
/// the last bit where c is a power of two (Li, Lyu, Arora, NeurIPS 2020, arXiv:2010.02916).
@NullMarked
package ornstein.train;

import org.jspecify.annotations.NullMarked;
