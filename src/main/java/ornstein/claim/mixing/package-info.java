/// Fast equilibrium: whether the outputs of networks forget where training started within O(1/lambda_e) steps (Li,
/// Lyu & Arora 2020, arXiv:2010.02916), lambda_e = eta lambda being the intrinsic learning rate.
///
/// Networks are trained many times from each of several initialisations. From the labels they give to held-out
/// inputs come [ornstein.stats.MixingCurve]s, one an intrinsic learning rate;
/// [ornstein.claim.mixing.FastEquilibrium] judges them.
@NullMarked
package ornstein.claim.mixing;

import org.jspecify.annotations.NullMarked;
