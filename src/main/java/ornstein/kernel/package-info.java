/// Steps as machine code.
///
/// [ornstein.kernel.Kernel] is a [ornstein.method.Step] compiled for one precision and back end; it moves
/// [ornstein.kernel.Block]s of paths on. [ornstein.kernel.Observables] evaluates expressions of their states.
///
/// A step becomes code in four moves. `Rewriter` takes out what is no elementwise arithmetic: elementary
/// functions, long linear sums, loops over examples. `Section` orders what is left into methods short enough
/// for the JIT compiler to inline. `Translator` turns each into a `Graph` of operations with one meaning in
/// every back end. `Compiler` writes it as bytecode by way of `ScalarEmitter` or `VectorEmitter`. `Program`
/// is the result: it runs on a `Tile`, the rows of a few paths in the first-level cache.
///
/// Largest errors of the elementary functions over their range, in units in the last place, against
/// `StrictMath`, which itself errs by up to 1 in double precision; a test holds them below the numbers in
/// `Elementary`.
///
/// | | exp | log | sin | cos | tan | tanh | sinh | cosh | atan |
/// |---|---|---|---|---|---|---|---|---|---|
/// | f32 | 0.99 | 0.89 | 1.46 | 1.53 | 3.32 | 2.12 | 1.99 | 1.49 | 1.85 |
/// | f64 | 1 | 2 | 1 | 1 | 3 | 3 | 3 | 2 | 2 |
@NullMarked
package ornstein.kernel;

import org.jspecify.annotations.NullMarked;
