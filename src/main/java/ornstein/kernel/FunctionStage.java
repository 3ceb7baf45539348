package ornstein.kernel;

import java.util.List;

/// An elementary function from row to row; `StrictMath` where the compiled code does not serve.
final class FunctionStage implements Stage {
    final Elementary function;
    final List<Place> fromTo;
    private final Precision precision;
    private final CodeStage code;
    private final int[][] offsets;

    FunctionStage(
            Elementary function, Precision precision, Backend backend, List<Place> fromTo, Layout layout, int stride) {
        this.function = function;
        this.fromTo = List.copyOf(fromTo);
        this.precision = precision;
        code = new CodeStage(function.code(precision), backend, fromTo, layout, stride);
        offsets = CodeStage.offsets(fromTo, layout, stride);
    }

    @Override
    public void run(Tile t, int phase) {
        if (code.apply(t, phase) == 0) return;
        int from = offsets[phase][0];
        int to = offsets[phase][1];
        for (int i = 0; i < t.count; i++) {
            double x = precision == Precision.F32 ? t.f32[from + i] : t.f64[from + i];
            if (function.serves(x, precision)) continue;
            if (precision == Precision.F32) t.f32[to + i] = (float) function.strict(x);
            else t.f64[to + i] = function.strict(x);
        }
    }
}
