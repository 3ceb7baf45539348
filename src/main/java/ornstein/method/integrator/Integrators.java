package ornstein.method.integrator;

import java.util.List;
import ornstein.method.Method;

/// The integrators of `sde` models.
public final class Integrators {
    public static final List<Method> ALL = List.of(
            new EulerMaruyama(),
            new Milstein(),
            StrongRungeKutta.sriw1(),
            AdditiveRungeKutta.sra1(),
            new StratonovichHeun(),
            DriftImplicit.euler(),
            DriftImplicit.trapezoid(),
            new TamedEuler(),
            new PlatenWeak(),
            WeakRungeKutta.dri1(),
            new LeimkuhlerMatthews(),
            new Baoab(),
            new ExactOu());

    private Integrators() {}
}
