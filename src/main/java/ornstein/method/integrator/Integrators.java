package ornstein.method.integrator;

import java.util.List;
import ornstein.method.Method;

/// The integrators of `sde` models.
public final class Integrators {
    public static final List<Method> ALL = List.of(new EulerMaruyama(), new ExactOu());

    private Integrators() {}
}
