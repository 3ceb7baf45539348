/// Modified equations by expanding a step in its step size.
///
/// | read | for |
/// |---|---|
/// | [ornstein.method.derive.ModifiedEquation] | the equation of a method on a model, by powers of the step size |
/// | [ornstein.method.derive.BatchNoise] | what random batches add at first order |
/// | [ornstein.method.derive.Written] | its text: symbols as users write them, means over few examples written out |
@NullMarked
package ornstein.method.derive;

import org.jspecify.annotations.NullMarked;
