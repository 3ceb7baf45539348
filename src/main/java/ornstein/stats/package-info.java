/// Statistics of ensembles, and charts of them.
@NullMarked
package ornstein.stats;

import org.jspecify.annotations.NullMarked;
