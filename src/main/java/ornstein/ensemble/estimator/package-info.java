/// Estimators of expectations over the steps of any integrator: [ornstein.ensemble.estimator.TalayTubaro]
/// extrapolates, [ornstein.ensemble.estimator.Mlmc] spreads the work over levels.
@NullMarked
package ornstein.ensemble.estimator;

import org.jspecify.annotations.NullMarked;
