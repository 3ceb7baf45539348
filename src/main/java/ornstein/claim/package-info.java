/// Claims of the theory, and what real training says about them.
///
/// A [ornstein.claim.Claim] is read from `validation/<id>-<name>/claim.yaml`. Its [ornstein.claim.Experiment]
/// names the [ornstein.claim.Unit]s of work it needs; [ornstein.claim.Units] does them on several threads,
/// each into a folder of its own, and never does a finished one again. From those files alone the experiment
/// then makes a [ornstein.claim.ClaimResult]: the [ornstein.claim.Prediction]s, the [ornstein.claim.Verdict]
/// and the [ornstein.stats.chart.Chart]s, so that a result can be computed anew without any training. Claims
/// that ask for the same unit share it.
///
/// The package draws nothing and prints nothing: `report` draws the charts, `cli` prints.
@NullMarked
package ornstein.claim;

import org.jspecify.annotations.NullMarked;
