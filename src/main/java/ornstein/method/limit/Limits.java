package ornstein.method.limit;

import java.util.List;
import ornstein.method.Method;

/// The continuous limits of algorithms on `loss` models.
public final class Limits {
    public static final List<Method> ALL = List.of(
            new GradientFlow(),
            new ModifiedFlow(),
            new PrincipalFlow(),
            new Sde(1),
            new Sde(2),
            new OuEmbedding(),
            new SlowSde(),
            new SharpnessFlow());

    private Limits() {}
}
