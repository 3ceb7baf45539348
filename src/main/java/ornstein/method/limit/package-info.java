/// Continuous limits of algorithms, a class each. [ornstein.method.limit.Limits] lists them; a new one is a
/// class and an entry there.
@NullMarked
package ornstein.method.limit;

import org.jspecify.annotations.NullMarked;
