/// Models as data: stochastic differential equations and finite-sum losses, read from YAML, and the catalog that
/// finds them.
///
/// Start with [ornstein.model.Catalog] (a name or a path to a model) and the two kinds, [ornstein.model.SdeModel]
/// and [ornstein.model.LossModel]. A third kind, networks, is listed by the catalog and read by the trainer.
@NullMarked
package ornstein.model;

import org.jspecify.annotations.NullMarked;
