/// Orders of convergence, and exact moments where a step is affine.
///
/// | read | for |
/// |---|---|
/// | [ornstein.ensemble.order.Convergence] | strong and weak order of a method on a model |
/// | [ornstein.ensemble.order.MomentMap] | the exact map of first and second moments over a step or an epoch |
/// | [ornstein.ensemble.order.NoiseNodes] | the noise of a step as finitely many nodes |
/// | [ornstein.ensemble.order.BrownianGrid] | one Brownian path as the noise of steps on several grids |
/// | [ornstein.ensemble.order.CoupledPaths] | paths of a method on all these grids |
@NullMarked
package ornstein.ensemble.order;

import org.jspecify.annotations.NullMarked;
