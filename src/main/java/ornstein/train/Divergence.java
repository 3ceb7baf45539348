package ornstein.train;

/// A replica whose loss or weights stopped being finite; from that step on it stands still and is left out.
///
/// @param replica its number
/// @param step the step (number of updates done) at which it was seen
/// @param seed the seed of the run
public record Divergence(long replica, long step, long seed) {}
