package ornstein.claim.ou;

import ornstein.train.probe.LossSurface;

/// Held-out losses of points and of their averages.
final class Losses {
    private final LossSurface heldOut;

    Losses(LossSurface heldOut) {
        this.heldOut = heldOut;
    }

    double at(double[] weights) {
        return heldOut.loss(weights);
    }

    /// @param first,second numbers of the checkpoints of `x` and `y`
    PairLoss pair(int first, int second, double[] x, double lossOfX, double[] y, double lossOfY) {
        double[] middle = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            middle[i] = (x[i] + y[i]) / 2;
        }
        return new PairLoss(first, second, lossOfX, lossOfY, at(middle));
    }
}
