/// Methods as algebra: each writes one [ornstein.method.Step], and whatever runs steps knows no method.
///
/// | read | for |
/// |---|---|
/// | [ornstein.method.Step] | what a step is: next values, extra state, means over batches or data, noise |
/// | [ornstein.method.StepBuilder] | how a method writes one |
/// | [ornstein.method.StepMethod] | what a new method must say |
/// | [ornstein.method.Halving] | steps whose size adapts to their error |
/// | [ornstein.method.FlowMethod] | a method that the host computes |
/// | [ornstein.method.EstimatorMethod] | an estimator over the steps of another method |
/// | [ornstein.method.Methods] | the methods there are |
/// | [ornstein.method.Batches] | how batches are sampled |
@NullMarked
package ornstein.method;

import org.jspecify.annotations.NullMarked;
