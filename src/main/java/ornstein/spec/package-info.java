/// Specs as text: the YAML reader, its messages, and [ornstein.spec.UserError]. Uses no other package.
@NullMarked
package ornstein.spec;

import org.jspecify.annotations.NullMarked;
