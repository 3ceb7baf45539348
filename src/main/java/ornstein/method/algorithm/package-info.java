/// Algorithms on losses, a class each. [ornstein.method.algorithm.Algorithms] lists them; a new one is a class and an
/// entry there.
///
/// An algorithm writes what it does to one weight, with [ornstein.method.algorithm.Weight]; the
/// [ornstein.method.algorithm.Rule] that comes of it becomes a step on a loss model, coordinate by coordinate, and the
/// update of a network's weights in training.
@NullMarked
package ornstein.method.algorithm;

import org.jspecify.annotations.NullMarked;
