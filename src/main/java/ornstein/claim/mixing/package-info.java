/// Fast equilibrium: whether the outputs of networks forget where training started within O(1/lambda_e) steps (Li,
/// Lyu & Arora 2020, arXiv:2010.02916), lambda_e = eta lambda being the intrinsic learning rate.
///
/// Networks are trained many times from each of several initialisations. From the labels they give to held-out
/// inputs come [ornstein.stats.MixingCurve]s, one an intrinsic learning rate;
/// [ornstein.claim.mixing.FastEquilibrium] judges them. An [ornstein.claim.mixing.Arm] is such a set of trainings;
/// with another [ornstein.claim.mixing.Arm.Mover] it trains from the same weights with another noise than SGD's, and
/// [ornstein.claim.mixing.NoiseComparison] judges both side by side.
@NullMarked
package ornstein.claim.mixing;

import org.jspecify.annotations.NullMarked;
