package ornstein.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import ornstein.device.Device;
import ornstein.device.DeviceInfo;
import ornstein.device.Devices;
import ornstein.device.Found;
import ornstein.device.Sdk;
import ornstein.device.SelfCheck;
import ornstein.device.Start;
import ornstein.ensemble.EnsembleSpec;
import ornstein.kernel.BackendChoice;
import ornstein.method.Flow;
import ornstein.method.Halving;
import ornstein.method.Motion;
import ornstein.method.Step;
import ornstein.spec.UserError;

/// Where a simulation runs: on the CPU, or on a device, for which the program starts itself again.
///
/// @param exit the exit code of the program that was started for a device
/// @param device the device to run on
record Placement(OptionalInt exit, Optional<Device> device) {
    /// Seconds from the command to a device's first step: the second JVM, the check, the kernels' compiler; measured
    /// (BENCHMARKS.md).
    static final double START = 5;

    private static final Placement CPU = new Placement(OptionalInt.empty(), Optional.empty());

    /// @param devices where they are looked for
    /// @param arguments of the program
    /// @throws UserError if a device is asked for that does not serve
    static Placement of(
            Common common,
            Supplier<Found> devices,
            SimulateCommand.Choice choice,
            EnsembleSpec ensemble,
            String method,
            boolean fastMath,
            List<String> arguments) {
        boolean asked = choice == SimulateCommand.Choice.TORNADO;
        if (asked) refuse(ensemble.step(), method);
        if (!asked && fastMath) throw new UserError("--fast-math: only with --backend tornado");
        if (Start.here()) return onDevice(ensemble, fastMath);
        if (asked) {
            Found found = devices.get();
            return again(common, found, found.choose(), fastMath, arguments);
        }
        double pathSteps = (double) ensemble.paths() * ensemble.steps();
        if (choice != SimulateCommand.Choice.AUTO || pathSteps < BackendChoice.WORTH_VECTORS) return CPU;
        if (!(ensemble.step() instanceof Step step) || !Devices.built() || !hasSdk()) return CPU;
        Found found = devices.get();
        if (found.devices().isEmpty()) return CPU;
        DeviceInfo gpu = found.choose();
        if (!gpu.isGpu() || !isLong(step, pathSteps, BackendChoice.fastest(), common.threads())) return CPU;
        return again(common, found, gpu, false, arguments);
    }

    private static void refuse(Motion motion, String method) {
        switch (motion) {
            case Step step -> {}
            case Flow flow ->
                throw new UserError("--backend tornado: " + method + " is computed on the host; leave the option out");
            case Halving halving ->
                throw new UserError("--backend tornado: steps of " + method
                        + " that --tolerance adapts are taken on the host; leave one of the two options out");
        }
    }

    /// Whether the CPU takes so long that `auto` goes to a device: twice the time that a device takes to
    /// start, so that one that is twice as fast has ended by then. The random numbers of a run bound its time
    /// from below; a CPU that could not be measured counts as fast.
    static boolean isLong(Step step, double pathSteps, BackendChoice cpu, int threads) {
        int examples = step.batches().map(b -> b.perStep() * b.size()).orElse(0);
        double numbers = pathSteps * Math.max(1, step.normals() + step.uniforms() + examples);
        double rate = threads * Math.max(cpu.scalar(), cpu.vector());
        return rate > 0 && numbers / rate >= 2 * START;
    }

    private static boolean hasSdk() {
        try {
            return Sdk.find(System::getenv).isPresent();
        } catch (UserError e) {
            return false;
        }
    }

    private static Placement again(
            Common common, Found found, DeviceInfo device, boolean fastMath, List<String> arguments) {
        @Nullable Sdk sdk = found.sdk();
        if (sdk == null) throw new IllegalStateException("a device without an SDK");
        common.note("on " + device.id() + " (" + device.name() + "), which is checked and compiled for first");
        int code = Start.again(sdk, device, fastMath, Main.class.getName(), arguments);
        return new Placement(OptionalInt.of(code), Optional.empty());
    }

    /// That another place is taken than was asked for is said even with `--quiet`.
    private static Placement onDevice(EnsembleSpec ensemble, boolean fastMath) {
        Device device = Start.device();
        Optional<String> wrong = SelfCheck.run(device, ensemble.precision(), fastMath);
        if (wrong.isEmpty()) return new Placement(OptionalInt.empty(), Optional.of(device));
        System.err.println(device.info().id() + " (" + device.info().name()
                + ") failed its check, so the CPU is taken: " + wrong.get());
        return CPU;
    }
}
