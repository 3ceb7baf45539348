package ornstein.ensemble;

import java.util.function.DoubleUnaryOperator;
import ornstein.kernel.Backend;
import ornstein.kernel.Block;
import ornstein.kernel.Kernel;
import ornstein.kernel.Precision;
import ornstein.method.Methods;
import ornstein.method.Settings;
import ornstein.method.Step;
import ornstein.method.StepMethod;
import ornstein.model.Model;

/// A run of some paths, of which all coordinates can be read.
final class Ran {
    private final Kernel kernel;
    private final Block block;
    private long done;

    Ran(Model model, String method, Settings settings, int paths) {
        Step step = ((StepMethod) Methods.named(method)).step(model, settings);
        kernel = Kernel.of(step, Precision.F64, Backend.VECTOR);
        block = kernel.newBlock(paths);
        block.reset(5, 0, paths);
        kernel.start(block, model.start());
    }

    Ran to(long step) {
        kernel.advance(block, done, (int) (step - done));
        done = step;
        return this;
    }

    double get(int coordinate) {
        return block.get(coordinate, 0);
    }

    double get(int coordinate, int path) {
        return block.get(coordinate, path);
    }

    double mean(int coordinate, DoubleUnaryOperator f) {
        double sum = 0;
        for (int i = 0; i < block.paths(); i++) sum += f.applyAsDouble(block.get(coordinate, i));
        return sum / block.paths();
    }

    double variance(int coordinate) {
        double m = mean(coordinate, x -> x);
        return mean(coordinate, x -> (x - m) * (x - m));
    }
}
