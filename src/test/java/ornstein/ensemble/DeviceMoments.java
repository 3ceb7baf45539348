package ornstein.ensemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import ornstein.device.Device;
import ornstein.device.Devices;
import ornstein.kernel.Precision;
import ornstein.method.Sampling;
import ornstein.model.Model;
import ornstein.model.SdeModel;

/// A program for a JVM with a device: moments of a million paths on it against the exact ones of the same
/// recursion, for steps whose paths part from the reference's: multiplicative noise, a double well, SGD with
/// its samplings. Prints a line a moment: name, measured, exact, standard error.
final class DeviceMoments {
    private final Device device;

    private DeviceMoments(Device device) {
        this.device = device;
    }

    public static void main(String[] arguments) {
        DeviceMoments moments = new DeviceMoments(Devices.here().getFirst());
        moments.linear("geometric-brownian-motion", Precision.F64);
        moments.linear("kubo", Precision.F32);
        moments.linear("linear-general", Precision.F64);
        moments.linear("linear-commutative", Precision.F32);
        moments.wells("double-well", Precision.F32, new EulerGrid(sde("double-well"), 0.04, -3, 3, 601), 0.04, 50);
        moments.wells("arctan", Precision.F64, new EulerGrid(sde("arctan"), 0.125, -1.5, 1.5, 1001), 0.125, 8);
        moments.replaced(0.1, 1, Precision.F32);
        moments.replaced(0.2, 2, Precision.F64);
        moments.ordered(Sampling.SHUFFLE, 1, Precision.F64);
        moments.ordered(Sampling.SHUFFLE, 2, Precision.F32);
        moments.ordered(Sampling.REORDER, 1, Precision.F32);
        moments.ordered(Sampling.REORDER, 2, Precision.F64);
        System.exit(0);
    }

    private static SdeModel sde(String name) {
        return (SdeModel) Runs.model(name, Map.of());
    }

    private Measured euler(String name, Precision precision, double h, int steps, String... expressions) {
        Model model = sde(name);
        EnsembleSpec spec = Runs.request(model, "euler-maruyama", Measured.PATHS, h, steps, 1, precision)
                .resolve()
                .ensemble();
        return Measured.of(spec, model, 31, s -> new Ensemble(s, device), expressions);
    }

    private void linear(String name, Precision precision) {
        EulerMoments exact = EulerMoments.of(sde(name), 0.1, 10);
        List<String> names = sde(name).state().stream().map(s -> s.name()).toList();
        List<String> expressions = new ArrayList<>(names);
        for (String a : names) for (String b : names) expressions.add(a + "*" + b);
        Measured measured = euler(name, precision, 0.1, 10, expressions.toArray(String[]::new));
        for (int i = 0; i < names.size(); i++) {
            String x = names.get(i);
            tell(name + " " + x, measured.last(x), exact.mean[i]);
            for (int j = 0; j <= i; j++) {
                String product = x + "*" + names.get(j);
                tell(name + " " + product, measured.last(product), exact.second[i][j]);
            }
        }
    }

    private void wells(String name, Precision precision, EulerGrid grid, double h, int steps) {
        double[] p = grid.after(steps);
        Measured measured = euler(name, precision, h, steps, "x", "x^2", "x^4");
        tell(name + " x", measured.last("x"), grid.mean(p, x -> x));
        tell(name + " x^2", measured.last("x^2"), grid.mean(p, x -> x * x));
        tell(name + " x^4", measured.last("x^4"), grid.mean(p, x -> x * x * x * x));
    }

    private Measured sgd(Sampling sampling, double eta, int batch, int steps, Precision precision) {
        Simulation s = SgdLawTest.sgd(sampling, eta, batch, steps, 1, precision);
        return Measured.of(s.ensemble(), s.model(), 32, spec -> new Ensemble(spec, device), "w", "w^2");
    }

    private void replaced(double eta, int batch, Precision precision) {
        double[] exact = SgdLawTest.recursion(eta, batch, 20);
        Measured measured = sgd(Sampling.IID, eta, batch, 20, precision);
        tell("iid " + batch + " w", measured.last("w"), exact[0]);
        tell("iid " + batch + " w^2", measured.last("w^2"), exact[1]);
    }

    /// Two epochs.
    private void ordered(Sampling sampling, int batch, Precision precision) {
        double eta = 0.1;
        Measured measured = sgd(sampling, eta, batch, 2 * (4 / batch), precision);
        String name = sampling.name().toLowerCase(Locale.ROOT) + " " + batch;
        tell(name + " w", measured.last("w"), mean(sampling, eta, batch, w -> w));
        tell(name + " w^2", measured.last("w^2"), mean(sampling, eta, batch, w -> w * w));
    }

    private static double mean(Sampling sampling, double eta, int batch, DoubleUnaryOperator f) {
        List<List<Integer>> orders = SgdLawTest.orders().stream()
                .filter(o -> sampling == Sampling.SHUFFLE || batch == 1 || o.get(0) / 2 == o.get(1) / 2)
                .toList();
        double sum = 0;
        for (List<Integer> first : orders) {
            double half = SgdLawTest.end(SgdLawTest.START, eta, batch, first);
            for (List<Integer> second : orders) {
                sum += f.applyAsDouble(SgdLawTest.end(half, eta, batch, second));
            }
        }
        return sum / orders.size() / orders.size();
    }

    private static void tell(String name, Measured.Value value, double exact) {
        System.out.println(name + "\t" + value.mean() + "\t" + exact + "\t" + value.se());
    }
}
