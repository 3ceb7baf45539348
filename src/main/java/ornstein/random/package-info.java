/// Random numbers without state. Every draw is a function of a seed and of what it is for, so a path or a
/// replica does not depend on threads, blocks, batches, resume or device.
///
/// | class | gives |
/// |---|---|
/// | [ornstein.random.Philox] | Philox4x32-10: 128 random bits for a (seed, path, index, stream) |
/// | [ornstein.random.Uniforms] | uniforms on (0,1), integers below a bound |
/// | [ornstein.random.Normals] | standard normals by Box-Muller |
/// | [ornstein.random.Permutation] | random access to a random permutation, for shuffled sampling |
/// | [ornstein.random.BrownianTree] | one Brownian path at every dyadic time |
/// | [ornstein.random.Minimax] | the polynomials behind the normals |
///
/// A *stream* of a path is a sequence of values at positions 0, 1, 2, ...; the value at position `n` is word
/// `n mod 4` of the Philox block with index `n / 4`. Something that takes `m` values a step uses positions
/// `step * m + j`. Positions run to 2^50. The streams in use are listed in [ornstein.random.Streams].
@NullMarked
package ornstein.random;

import org.jspecify.annotations.NullMarked;
