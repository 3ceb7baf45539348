/// Algorithms on losses, a class each. [ornstein.method.algorithm.Algorithms] lists them; a new one is a class and an
/// entry there.
@NullMarked
package ornstein.method.algorithm;

import org.jspecify.annotations.NullMarked;
