/// Norm equilibrium: the weights of a scale-invariant group grow by their noise and shrink by weight decay until
/// both balance, `|w|^2/|g|^2 = eta/(2 lambda)`, and then turn by `sqrt(2 eta lambda)` a step.
///
/// [ornstein.claim.norm.NormRow] is one group over a window of steps, [ornstein.claim.norm.NormWindow] all groups
/// against [ornstein.stats.NormEquilibrium]; [ornstein.claim.norm.NormTrace] predicts `|w|^4` along training from
/// independently estimated gradient noise; [ornstein.claim.norm.NormPredictions] judges.
@NullMarked
package ornstein.claim.norm;

import org.jspecify.annotations.NullMarked;
