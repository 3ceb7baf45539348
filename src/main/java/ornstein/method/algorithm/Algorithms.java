package ornstein.method.algorithm;

import java.util.List;
import ornstein.method.Method;

/// The algorithms on `loss` models.
public final class Algorithms {
    public static final List<Method> ALL = List.of(new Sgd());

    private Algorithms() {}
}
