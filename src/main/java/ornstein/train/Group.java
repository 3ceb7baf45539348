package ornstein.train;

/// A set of parameters whose common scale does not change the loss: a row of a weight norm, an output channel before a
/// batch norm, a channel group before a group norm, a whole layer before a layer norm.
///
/// @param name layer and number within it, such as `0/17`
/// @param from first index in theta
/// @param to index after the last
public record Group(String name, long from, long to) {
    public Group {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("group " + name + " has no parameters: " + from + ".." + to);
        }
    }

    public long size() {
        return to - from;
    }
}
