package ornstein.model;

import java.util.List;
import java.util.Map;
import ornstein.expr.Expr;

/// A model that expressions define. Its expressions contain the names of the parameters; [#bound] puts their values
/// in.
public sealed interface Model permits SdeModel, LossModel {
    Header header();

    /// The names of the coordinates, d of them.
    List<Expr.Sym> state();

    /// Where paths begin.
    Start start();

    /// Functions of the state whose means are reported, by name.
    Map<String, Expr> observables();

    /// The same model with the values of the parameters in the place of their names.
    Model bound();

    /// The effective spec as YAML that reads back as this model: keys in a fixed order, overrides applied, defaults
    /// written out, expressions in normal form. Two specs that mean the same have the same text.
    String canonical();

    default String name() {
        return header().name();
    }

    default int dimension() {
        return state().size();
    }
}
