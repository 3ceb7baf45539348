package ornstein.train;

import java.util.List;

/// What is measured on the way. Clocks and the total norm are always there; everything else costs time.
///
/// @param steps steps at which the state is probed, ascending; step k is the state after k updates, 0 the start
/// @param heldOut evaluate the held-out examples: predictions, loss, accuracy
/// @param logits keep the held-out logits too
/// @param training evaluate the training examples: loss, accuracy
/// @param groups sums per scale-invariant group over the steps since the last probe: |w|^2, |g|^2, ratios, rotation
/// @param everyStep keep |w|^2 and |g|^2 of every group at every step
/// @param snapshots steps at which theta is saved, ascending
public record ProbePlan(
        List<Long> steps,
        boolean heldOut,
        boolean logits,
        boolean training,
        boolean groups,
        boolean everyStep,
        List<Long> snapshots) {
    public ProbePlan {
        steps = ascending(steps);
        snapshots = ascending(snapshots);
    }

    /// Clock and held-out predictions at the given steps, nothing else.
    public static ProbePlan predictions(List<Long> steps) {
        return new ProbePlan(steps, true, false, false, false, false, List.of());
    }

    public ProbePlan withLogits() {
        return new ProbePlan(steps, true, true, training, groups, everyStep, snapshots);
    }

    public ProbePlan withTraining() {
        return new ProbePlan(steps, heldOut, logits, true, groups, everyStep, snapshots);
    }

    public ProbePlan withGroups() {
        return new ProbePlan(steps, heldOut, logits, training, true, everyStep, snapshots);
    }

    public ProbePlan withEveryStep() {
        return new ProbePlan(steps, heldOut, logits, training, groups, true, snapshots);
    }

    public ProbePlan withSnapshots(List<Long> at) {
        return new ProbePlan(steps, heldOut, logits, training, groups, everyStep, at);
    }

    private static List<Long> ascending(List<Long> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) < 0 || i > 0 && steps.get(i) <= steps.get(i - 1)) {
                throw new IllegalArgumentException("steps ascend from 0 on, not " + steps);
            }
        }
        return List.copyOf(steps);
    }
}
