/// An algorithm and its limits side by side: [ornstein.ensemble.compare.Comparison] says what is compared,
/// [ornstein.ensemble.compare.Side] is one of them, with its law where that is exact.
@NullMarked
package ornstein.ensemble.compare;

import org.jspecify.annotations.NullMarked;
