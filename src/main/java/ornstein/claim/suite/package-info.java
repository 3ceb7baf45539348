/// Running claims: [ornstein.claim.suite.Kinds] knows every kind of experiment, and
/// [ornstein.claim.suite.Validation] does those of the claims that were asked for and writes what came out.
@NullMarked
package ornstein.claim.suite;

import org.jspecify.annotations.NullMarked;
