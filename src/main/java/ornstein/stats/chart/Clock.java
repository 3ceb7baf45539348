package ornstein.stats.chart;

import java.util.Locale;

/// How time is counted, from the step number k at learning rate eta and weight decay lambda.
public enum Clock {
    /// k
    STEPS("step k"),
    /// eta k, the time of gradient flow and of the first-order SDE
    GRADIENT("gradient time \u03b7k"),
    /// eta^2 k, the time of the slow motion along a manifold of minima
    SLOW("slow time \u03b7\u00b2k"),
    /// eta lambda k, the time of the effective dynamics of scale-invariant weights
    INTRINSIC("intrinsic time \u03b7\u03bbk");

    private final String label;

    Clock(String label) {
        this.label = label;
    }

    /// The label of an axis on this clock.
    public String label() {
        return label;
    }

    /// The name on the command line.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The time that one step takes.
    public double perStep(double eta, double lambda) {
        return switch (this) {
            case STEPS -> 1;
            case GRADIENT -> eta;
            case SLOW -> eta * eta;
            case INTRINSIC -> eta * lambda;
        };
    }
}
