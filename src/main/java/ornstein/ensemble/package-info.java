/// Many paths at once, and their statistics, gathered while they run.
///
/// | read | for |
/// |---|---|
/// | [ornstein.ensemble.EnsembleSpec] | what is simulated: a step, a start, how many paths and steps, what is observed
/// |
/// | [ornstein.ensemble.Ensemble] | how: leaves of 4,096 paths over threads, groups of leaves kept for a resume |
/// | [ornstein.ensemble.EnsembleResult] | what comes out |
/// | [ornstein.ensemble.ExactLaw] | the exact moments and stationary density, where a model has them |
///
/// A *leaf* is 4,096 consecutive paths. A `LeafRunner` moves a leaf through time in blocks and adds up what
/// it sees at the saved times in f64: a `Partial`. The `Collector` merges partials in a binary tree by path
/// number. A sum over a leaf is taken in the order of its paths, and the tree is fixed by the number of
/// paths, so the result has the same bits whatever the threads, the block size and the back end. Counts of a
/// `Sketch` are integers, for which the order is no matter.
@NullMarked
package ornstein.ensemble;

import org.jspecify.annotations.NullMarked;
