/// Integrators of equations, a class each. [ornstein.method.integrator.Integrators] lists them; a new one is a class
/// and an entry there.
@NullMarked
package ornstein.method.integrator;

import org.jspecify.annotations.NullMarked;
