package ornstein.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.method.Step;
import ornstein.spec.UserError;

/// A step, or expressions of a state, as the bytes of a class that a device's compiler turns into a kernel: a thread a
/// path, its rows in registers, its noise made on the spot. Lowered as for the CPU; steps of the same structure give
/// the same bytes, whatever the numbers in them.
///
/// The class implements TornadoVM's `Task7`, or `Task6` for expressions, for the arguments that `DeviceEmitter` names.
public final class DeviceCode {
    /// The longest method that a class may hold.
    private static final int LONGEST = 65_535;

    private final Precision precision;
    private final Program program;
    private final int[] stepwise;
    private final double stepSize;
    private final double[] shared;
    private final double[] columns;
    private final byte[] bytes;

    private DeviceCode(Precision precision, Program program, DeviceEmitter emitter, double stepSize, String what) {
        this.precision = precision;
        this.program = program;
        this.stepSize = stepSize;
        stepwise = program.shared().stepwise();
        try {
            bytes = emitter.emit();
        } catch (IllegalArgumentException e) {
            throw new UserError(what + " is too long for a kernel of a device (more than " + LONGEST
                    + " bytes); give --backend vector");
        }
        double[] fixed = fixed(program.shared());
        double[] more = emitter.held();
        shared = Arrays.copyOf(fixed, fixed.length + more.length);
        System.arraycopy(more, 0, shared, fixed.length, more.length);
        columns = flat(program, precision);
    }

    /// @throws UserError if the step is too long
    public static DeviceCode of(Step step, Precision precision) {
        Program program = Lowering.program(step, precision, Backend.SCALAR, false);
        return new DeviceCode(
                precision, program, DeviceEmitter.step(program, step), step.stepSize(), "a step of this method");
    }

    /// @param coordinates the first coordinates of the states
    /// @param expressions in the coordinates, the time and the symbols that have values
    public static DeviceCode of(
            List<Sym> coordinates, List<Expr> expressions, Map<Sym, Double> values, Precision precision) {
        Program program = Lowering.program(coordinates, expressions, values, precision, Backend.SCALAR);
        return new DeviceCode(
                precision, program, DeviceEmitter.values(program, coordinates.size()), 0, "the list of observables");
    }

    public Precision precision() {
        return precision;
    }

    /// The class; its name is [#NAME].
    public byte[] bytes() {
        return bytes.clone();
    }

    /// The name of every such class; each is to be defined by a loader of its own.
    public static final String NAME = "ornstein.generated.DeviceTask";

    /// The numbers that are the same for all paths and steps.
    public double[] shared() {
        return shared.clone();
    }

    /// The columns of the data, one after the other.
    public double[] columns() {
        return columns.clone();
    }

    /// How many numbers of a step change with the step.
    public int stepwise() {
        return stepwise.length;
    }

    /// These numbers for some steps, one step after the other.
    public double[] table(long firstStep, int steps) {
        double[] table = new double[stepwise.length * steps];
        for (int s = 0; s < steps; s++) {
            fill(table, s, (firstStep + s) * stepSize, firstStep + s);
        }
        return table;
    }

    /// These numbers at a time.
    public double[] table(double time) {
        double[] table = new double[stepwise.length];
        fill(table, 0, time, 0);
        return table;
    }

    private void fill(double[] table, int s, double time, long step) {
        if (stepwise.length == 0) return;
        int[] places = new int[stepwise.length];
        double[] numbers = program.shared().tape(stepwise, places).at(time, step);
        for (int k = 0; k < stepwise.length; k++) table[s * stepwise.length + k] = numbers[places[k]];
    }

    private static double[] fixed(Shared shared) {
        int[] all = java.util.stream.IntStream.range(0, shared.size()).toArray();
        int[] places = new int[all.length];
        double[] numbers = shared.tape(all, places).at(0, 0);
        double[] fixed = new double[all.length];
        for (int k = 0; k < all.length; k++) fixed[k] = numbers[places[k]];
        return fixed;
    }

    private static double[] flat(Program program, Precision precision) {
        List<double[]> columns = new ArrayList<>(List.of(program.columns64()));
        if (precision == Precision.F32) {
            for (float[] column : program.columns32()) {
                double[] wide = new double[column.length];
                for (int i = 0; i < column.length; i++) wide[i] = column[i];
                columns.add(wide);
            }
        }
        return columns.stream().flatMapToDouble(Arrays::stream).toArray();
    }
}
