/// Real networks trained by real SGD on libtorch: many replicas of one network, each with its own noise.
///
/// A tour. A [ornstein.train.NetworkSpec] says what the network is (from YAML). [ornstein.train.Net] is the network as
/// a
/// function of one flat parameter tensor theta of shape `[R, P]`: R replicas, P trainable parameters; it knows its
/// scale-invariant [ornstein.train.Group]s as ranges of theta. A [ornstein.train.TrainSpec] is one unit of work: one
/// group of replicas of one configuration, that train side by side. [ornstein.train.Training#run] does the work and
/// returns an [ornstein.train.Outcome], with one [ornstein.train.Probe] for each step that the
/// [ornstein.train.ProbePlan] names.
///
/// Plain SGD is w' = (1 - eta lambda) w - eta g; momentum is PyTorch's: v' = rho v + g + lambda w, w' = w - eta v'.
///
/// All randomness is Philox keyed by the spec's seed with a counter of (replica, step, stream). So a replica's numbers
/// depend on the spec, the seed, the replica's number and the group it trains in, and on nothing else: not on threads,
/// not on a resume, not on the divergence of a neighbour.
@NullMarked
package ornstein.train;

import org.jspecify.annotations.NullMarked;
