/// Steps as machine code.
///
/// [ornstein.kernel.Kernel] is a [ornstein.method.Step] compiled for one precision and back end; it moves
/// [ornstein.kernel.Block]s of paths on. [ornstein.kernel.Observables] evaluates expressions of their states.
///
/// A step becomes code in four moves. `Rewriter` takes out what is no elementwise arithmetic: elementary functions,
/// long
/// linear sums, loops over examples. `Section` orders what is left into methods short enough for the JIT compiler to
/// inline. `Translator` turns each into a `Graph` of operations with one meaning in every back end. `Compiler` writes
/// it as
/// bytecode by way of `ScalarEmitter` or `VectorEmitter`. `Program` is the result: it runs on a `Tile`, the rows of a
/// few
/// paths in the first-level cache.
@NullMarked
package ornstein.kernel;

import org.jspecify.annotations.NullMarked;
