/// Measurements at a point of parameter space: what theory needs to know of a real network's loss.
///
/// A [ornstein.train.probe.LossSurface] is the mean loss of a network over fixed examples as a function of
/// the flat parameter vector, with gradient and Hessian-vector product (double backward).
/// [ornstein.train.probe.Lanczos] finds the top eigenpairs of any symmetric operator, so of the Hessian.
/// [ornstein.train.probe.GradientNoise] estimates the trace of the minibatch gradient's covariance and the
/// squared gradient in two independent ways: from pairs of independent batches, and from per-example
/// gradients; whole, per scale-invariant group, on the unit sphere, and along given directions such as the
/// Hessian's eigenvectors.
///
/// Weight decay is no part of the loss here: it adds lambda to every eigenvalue of the Hessian and lambda theta to the
/// gradient, and nothing to the noise.
///
/// Parameter vectors are `double[P]`, as [ornstein.train.Outcome#snapshot] gives them, whatever precision a network
/// computes in.
@NullMarked
package ornstein.train.probe;

import org.jspecify.annotations.NullMarked;
