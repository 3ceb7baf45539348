package ornstein.stats;

import java.util.List;

/// What an Ornstein-Uhlenbeck process predicts for the displacement `E2(D) = E |W_T - W_{T+D}|^2` of
/// SGD with weight decay near a minimum of which only the stiffest modes are known.
///
/// A mode of curvature `h` and gradient variance `sigma` contracts by `a = 1 - eta (h + lambda)` a step
/// and has the stationary variance `C = eta sigma / ((h + lambda)(2 - eta (h + lambda)))`, so that `E2`
/// gains `2 C (1 - a^D)`. The unmeasured rest moves at least not at all, and at most as flat modes do,
/// `2 C_rest (1 - (1 - eta lambda)^D)` with `C_rest = eta Tr(Sigma_rest) / (lambda (2 - eta lambda))`:
/// over curvatures with `0 <= eta h <= 1 - eta lambda` and lags of two steps or more, `2 C (1 - a^D)`
/// is largest for `h = 0`.
///
/// @param modes the measured modes
/// @param restTrace trace of the gradient covariance outside these modes
/// @param eta learning rate
/// @param lambda weight decay
public record OuBand(List<Mode> modes, double restTrace, double eta, double lambda) {
    /// One eigenvector of the Hessian.
    ///
    /// @param curvature eigenvalue `h` of the loss's Hessian, weight decay not included
    /// @param variance `u^T Sigma u`: variance of the minibatch gradient along it
    public record Mode(double curvature, double variance) {}

    public OuBand {
        modes = List.copyOf(modes);
        if (!(eta > 0) || !(lambda > 0) || !(eta * lambda < 1) || !(restTrace >= 0)) {
            throw new IllegalArgumentException(
                    "an OU band needs eta > 0, 0 < lambda < 1/eta and restTrace >= 0, not eta " + eta + ", lambda "
                            + lambda + ", restTrace " + restTrace);
        }
    }

    /// Whether the mode is stable and has forgotten its start to one per cent (of the amplitude) after
    /// `steps` steps. Only such modes have the stationary variance.
    public boolean relaxed(Mode mode, long steps) {
        return Math.pow(Math.abs(contraction(mode)), (double) steps) <= 0.01;
    }

    private double contraction(Mode mode) {
        return 1 - eta * (mode.curvature + lambda);
    }

    /// Stationary variance of one mode, infinite if it is unstable.
    public double stationaryVariance(Mode mode) {
        double k = mode.curvature + lambda;
        return k > 0 && eta * k < 2 ? eta * mode.variance / (k * (2 - eta * k)) : Double.POSITIVE_INFINITY;
    }

    /// Stationary squared displacement of one mode in `lag` whole steps.
    public double displacement(Mode mode, long lag) {
        return 2 * stationaryVariance(mode) * (1 - Math.pow(contraction(mode), (double) lag));
    }

    /// The modes alone, those that had `age` steps to relax: the least that OU allows for the total.
    public double lower(long age, long lag) {
        double sum = 0;
        for (Mode mode : modes) {
            if (relaxed(mode, age)) {
                sum += displacement(mode, lag);
            }
        }
        return sum;
    }

    /// The most that a stationary OU process with these modes allows for the total: the noise outside
    /// the relaxed modes meets no curvature but the weight decay.
    public double upper(long age, long lag) {
        double flat = restTrace;
        for (Mode mode : modes) {
            if (!relaxed(mode, age)) {
                flat += mode.variance;
            }
        }
        return lower(age, lag) + displacement(new Mode(0, flat), lag);
    }

    /// The largest `E2(late)/E2(early)` that any stationary OU process with weight decay and a positive
    /// semi-definite Hessian can have, whatever its Hessian and noise are.
    ///
    /// `E2(D) = 2 sum_i C_ii (1 - p_i^D)` with `C_ii >= 0` and `0 <= p_i <= 1 - eta lambda`, and a
    /// ratio of sums is at most the largest ratio of terms; `(1 - p^late)/(1 - p^early)` grows with
    /// `p`, so the flat modes have it: `(1 - (1-eta lambda)^late)/(1 - (1-eta lambda)^early)`. In
    /// continuous time with `late = 10/(eta lambda)` and `early = 1.6/(eta lambda)` that is `(1 -
    /// e^-10)/(1 - e^-1.6) = 1.25291`. Modes with `eta h > 1` alternate in sign; they add at most
    /// `p^late` to the numerator, which gives 1.25303.
    public static double largestRatio(double early, double late) {
        if (!(0 < early) || !(early < late)) {
            throw new IllegalArgumentException("lags must satisfy 0 < early < late");
        }
        return Math.expm1(-late) / Math.expm1(-early);
    }
}
