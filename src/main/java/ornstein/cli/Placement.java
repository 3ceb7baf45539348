package ornstein.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import ornstein.device.Device;
import ornstein.device.DeviceInfo;
import ornstein.device.Devices;
import ornstein.device.Found;
import ornstein.device.Sdk;
import ornstein.device.SelfCheck;
import ornstein.device.Start;
import ornstein.ensemble.EnsembleSpec;
import ornstein.method.Step;
import ornstein.spec.UserError;

/// Where a simulation runs: on the CPU, or on a device, for which the program starts itself again.
///
/// @param exit the exit code of the program that was started for a device
/// @param device the device to run on
record Placement(OptionalInt exit, Optional<Device> device) {
    /// `auto` leaves shorter runs to the CPU: a device takes seconds to start.
    private static final double WORTH_DEVICE = 4e9;

    private static final Placement CPU = new Placement(OptionalInt.empty(), Optional.empty());

    /// @param arguments of the program
    /// @throws UserError if a device is asked for that does not serve
    static Placement of(
            Common common,
            SimulateCommand.Choice choice,
            EnsembleSpec ensemble,
            String method,
            boolean fastMath,
            List<String> arguments) {
        boolean asked = choice == SimulateCommand.Choice.TORNADO;
        boolean compiled = ensemble.step() instanceof Step;
        if (asked && !compiled) {
            throw new UserError("--backend tornado: " + method + " is computed on the host; leave the option out");
        }
        if (!asked && fastMath) throw new UserError("--fast-math: only with --backend tornado");
        if (Start.here()) return onDevice(common, ensemble);
        if (asked) return again(Found.look(false), Found::choose, fastMath, arguments);
        boolean large = (double) ensemble.paths() * ensemble.steps() >= WORTH_DEVICE;
        if (choice != SimulateCommand.Choice.AUTO || !compiled || !large || !Devices.built() || !hasSdk()) return CPU;
        Found found = Found.look(false);
        DeviceInfo gpu = found.gpu().orElse(null);
        return gpu == null ? CPU : again(found, f -> gpu, false, arguments);
    }

    private static boolean hasSdk() {
        try {
            return Sdk.find(System::getenv).isPresent();
        } catch (UserError e) {
            return false;
        }
    }

    private interface Choosing {
        DeviceInfo of(Found found);
    }

    private static Placement again(Found found, Choosing choosing, boolean fastMath, List<String> arguments) {
        DeviceInfo device = choosing.of(found);
        @Nullable Sdk sdk = found.sdk();
        if (sdk == null) throw new IllegalStateException("a device without an SDK");
        int code = Start.again(sdk, device, fastMath, Main.class.getName(), arguments);
        return new Placement(OptionalInt.of(code), Optional.empty());
    }

    private static Placement onDevice(Common common, EnsembleSpec ensemble) {
        Device device = Start.device();
        Optional<String> wrong = SelfCheck.run(device, ensemble.precision());
        if (wrong.isEmpty()) return new Placement(OptionalInt.empty(), Optional.of(device));
        common.note(device.info().id() + " (" + device.info().name() + ") failed its check, so the CPU is taken: "
                + wrong.get());
        return CPU;
    }
}
