package ornstein.ensemble;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// How many steps an ensemble of halved steps took, over all paths, with those that failed.
///
/// @param accepted steps that moved a path
/// @param rejected steps whose estimated error was too large
/// @param depth halvings of the smallest accepted step
public record StepCounts(long accepted, long rejected, int depth) {
    /// No steps.
    public static final StepCounts NONE = new StepCounts(0, 0, 0);

    StepCounts and(StepCounts more) {
        return new StepCounts(accepted + more.accepted, rejected + more.rejected, Math.max(depth, more.depth));
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(accepted);
        out.writeLong(rejected);
        out.writeInt(depth);
    }

    static StepCounts read(DataInput in) throws IOException {
        return new StepCounts(in.readLong(), in.readLong(), in.readInt());
    }
}
