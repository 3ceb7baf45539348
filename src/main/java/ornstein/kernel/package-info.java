/// Steps as machine code.
@NullMarked
package ornstein.kernel;

import org.jspecify.annotations.NullMarked;
