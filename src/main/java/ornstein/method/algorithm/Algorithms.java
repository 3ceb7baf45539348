package ornstein.method.algorithm;

import java.util.List;
import ornstein.method.Method;

/// The algorithms on `loss` models.
public final class Algorithms {
    public static final List<Method> ALL = List.of(
            new GradientDescent(),
            new Sgd(),
            new Momentum(),
            new NStepSgd(),
            new LocalSgd(),
            new Adam(false),
            new Adam(true),
            new RmsProp(),
            new Lars(),
            new Svag(),
            new NoisyGd());

    private Algorithms() {}
}
