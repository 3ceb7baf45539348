/// Statistics of samples: distances between laws, mixing times, exponents, intervals; and charts of them.
@NullMarked
package ornstein.stats;

import org.jspecify.annotations.NullMarked;
