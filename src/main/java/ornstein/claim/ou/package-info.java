/// Distances between weights, against the Ornstein-Uhlenbeck process that a quadratic minimum would make of SGD.
///
/// From one checkpoint, siblings are trained on with independent noise. [ornstein.claim.ou.SiblingDistances] is how
/// far they move and drift apart; [ornstein.claim.ou.Saturation] judges whether any stationary OU process could do
/// that, beside the band of [ornstein.stats.OuBand]. [ornstein.claim.ou.PairLoss] is the loss of the average of two
/// points, and [ornstein.claim.ou.Averaging] judges for whom averaging helps.
@NullMarked
package ornstein.claim.ou;

import org.jspecify.annotations.NullMarked;
