package ornstein.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Substitution;
import ornstein.method.Batches;
import ornstein.method.Mean;
import ornstein.method.Step;
import ornstein.method.Symbols;
import ornstein.model.Columns;

/// Turns a [Step], or expressions of a state, into a [Program].
final class Lowering {
    /// Paths of a tile: as many as keep the rows in the first-level cache.
    private static final int MAX_STRIDE = 256;

    private static final int MIN_STRIDE = 64;
    private static final int CACHE = 32 * 1024;

    private final Precision precision;
    private final Backend backend;
    private final Layout layout;
    private final Shared shared;
    private final Columns data;
    private final int stride;
    private final int[] counter = new int[1];
    private final Set<Sym> rowSymbols = new HashSet<>();
    private int batchSize = 1;
    private boolean inBatchLoop;
    private int currentWords;

    private Lowering(Precision precision, Backend backend, Layout layout, Shared shared, Columns data) {
        this.precision = precision;
        this.backend = backend;
        this.layout = layout;
        this.shared = shared;
        this.data = data;
        int bytes = layout.rows() * precision.bytes() + layout.words() * Integer.BYTES;
        int fitting = Integer.highestOneBit(Math.max(1, CACHE / bytes));
        stride = Math.clamp(fitting, MIN_STRIDE, MAX_STRIDE);
    }

    /// The program of a step. Its outputs are the coordinates, updated in place.
    ///
    /// @param driven whether the noise is given: the normals, then the uniforms, are further coordinates, which
    /// stay as they are
    static Program program(Step step, Precision precision, Backend backend, boolean driven) {
        int indices = step.batches().map(b -> b.perStep() * b.size()).orElse(0);
        List<Sym> coordinates = step.coordinates();
        int noises = step.normals() + step.uniforms();
        Layout layout = driven
                ? new Layout(coordinates.size() + noises, 0, 0, indices)
                : new Layout(coordinates.size(), step.normals(), step.uniforms(), indices);
        Shared shared = new Shared(step.values());
        Lowering lowering = new Lowering(precision, backend, layout, shared, step.data());
        Map<Expr, Place> inRow = new HashMap<>();
        for (int i = 0; i < coordinates.size(); i++) inRow.put(coordinates.get(i), new Place.Row(i));
        int own = coordinates.size();
        for (int j = 0; j < step.normals(); j++) {
            inRow.put(Symbols.normal(j), driven ? new Place.Row(own + j) : new Place.Normal(j));
        }
        for (int j = 0; j < step.uniforms(); j++) {
            Place given = new Place.Row(own + step.normals() + j);
            inRow.put(Symbols.uniform(j), driven ? given : new Place.Uniform(j));
        }
        Rewriter rewriter = lowering.rewriter(inRow);
        Batches batches = step.batches().orElse(null);
        lowering.batchSize = batches == null ? 1 : batches.size();
        rewriter.means(step.means(), step.data(), lowering.batchSize);
        List<Section.Output> outputs = new ArrayList<>();
        for (int i = 0; i < coordinates.size(); i++) {
            outputs.add(new Section.Output(
                    new Place.Row(i), rewriter.rewrite(step.next().get(i)), false));
        }
        Place.Row check = new Place.Row(layout.check());
        List<Stage> stages = new ArrayList<>();
        if (step.failure().isPresent()) {
            Place.Row flag = new Place.Row(layout.newRow());
            outputs.add(
                    0, new Section.Output(flag, rewriter.rewrite(step.failure().get()), false));
        }
        stages.addAll(new Section(lowering, shared, inRow).build(rewriter.macros(), outputs, check));
        if (step.failure().isPresent())
            stages.add(lowering.failed(outputs.get(0).row(), check));
        List<Source> sources = new ArrayList<>();
        if (!driven && step.normals() > 0) sources.add(lowering.noise(true, layout.firstNormal(), step.normals()));
        if (!driven && step.uniforms() > 0) {
            sources.add(lowering.noise(false, layout.firstUniform(), step.uniforms()));
        }
        if (batches != null) sources.add(new BatchSource(batches, backend, layout));
        boolean fusible = !driven
                && rewriter.macros().isEmpty()
                && step.uniforms() == 0
                && batches == null
                && step.failure().isEmpty()
                && shared.stepwise().length == 0;
        Fusion fusion = fusible ? Fusion.of(lowering, step.normals(), outputs, inRow, check) : Fusion.NONE;
        return lowering.program(
                sources,
                stages,
                fusion,
                outputs.stream().map(Section.Output::row).toList());
    }

    /// The program of expressions of a state; its outputs are their values.
    static Program program(
            List<Sym> coordinates,
            List<Expr> expressions,
            Map<Sym, Double> values,
            Precision precision,
            Backend backend) {
        Layout layout = new Layout(coordinates.size(), 0, 0, 0);
        Shared shared = new Shared(values);
        Lowering lowering = new Lowering(precision, backend, layout, shared, Columns.NONE);
        Map<Expr, Place> inRow = new HashMap<>();
        for (int i = 0; i < coordinates.size(); i++) inRow.put(coordinates.get(i), new Place.Row(i));
        Rewriter rewriter = lowering.rewriter(inRow);
        List<Section.Output> outputs = new ArrayList<>();
        for (Expr e : expressions) {
            outputs.add(new Section.Output(new Place.Row(layout.newRow()), rewriter.rewrite(e), false));
        }
        List<Stage> stages = new Section(lowering, shared, inRow).build(rewriter.macros(), outputs, null);
        return lowering.program(
                List.of(),
                stages,
                Fusion.NONE,
                outputs.stream().map(Section.Output::row).toList());
    }

    private Program program(List<Source> sources, List<Stage> stages, Fusion fusion, List<Place.Row> outputs) {
        int n = data.names().size();
        boolean single = precision == Precision.F32;
        float[][] singles = new float[single ? n : 0][];
        double[][] doubles = new double[single ? 0 : n][];
        for (int c = 0; c < n; c++) {
            double[] column = data.column(c);
            if (!single) {
                doubles[c] = column;
                continue;
            }
            singles[c] = new float[column.length];
            for (int i = 0; i < column.length; i++) singles[c][i] = (float) column[i];
        }
        return new Program(precision, layout, shared, sources, stages, fusion, outputs, singles, doubles, stride);
    }

    private Rewriter rewriter(Map<Expr, Place> inRow) {
        for (Expr e : inRow.keySet()) if (e instanceof Sym s) rowSymbols.add(s);
        return new Rewriter(shared, rowSymbols, counter);
    }

    private Source noise(boolean normals, int first, int perStep) {
        return new NoiseSource(normals, precision, backend, layout, first, perStep, stride);
    }

    Shared shared() {
        return shared;
    }

    Precision precision() {
        return precision;
    }

    Backend backend() {
        return backend;
    }

    Layout layout() {
        return layout;
    }

    int stride() {
        return stride;
    }

    int[][] offsets(List<Place> places) {
        return CodeStage.offsets(places, layout, stride);
    }

    Stage function(Elementary function, List<Place> fromTo) {
        return new FunctionStage(function, precision, backend, fromTo, layout, stride);
    }

    /// A data column's entry, or null if the symbol is none.
    @Nullable Value entry(Sym s, Graph graph, ToIntFunction<Place> slots) {
        String name = s.name();
        if (name.startsWith(":g")) {
            int bar = name.indexOf('_');
            int slot = Integer.parseInt(name.substring(bar + 1));
            return graph.gather(Integer.parseInt(name.substring(2, bar)), slots.applyAsInt(new Place.Index(slot)));
        }
        int column = data.names().indexOf(name);
        if (column < 0) return null;
        return inBatchLoop
                ? graph.gather(column, slots.applyAsInt(new Place.Words(currentWords)))
                : graph.column(column);
    }

    Stage loop(Macro.Loop loop, List<Place.Row> results, Map<Expr, Place> inRow) {
        inBatchLoop = loop.batch() != Mean.DATA;
        if (inBatchLoop) currentWords = layout.newWords(1);
        boolean noisy = Substitution.symbols(loop.bodies()).contains(Symbols.NORMAL_OF_EXAMPLE);
        int currentNormal = noisy ? layout.newRow() : -1;
        if (noisy) inRow.put(Symbols.NORMAL_OF_EXAMPLE, new Place.Row(currentNormal));
        Rewriter inner = rewriter(inRow);
        List<Section.Output> outputs = new ArrayList<>();
        for (int k = 0; k < results.size(); k++) {
            outputs.add(new Section.Output(
                    results.get(k), inner.rewrite(loop.bodies().get(k)), true));
        }
        List<Stage> body = new Section(this, shared, inRow).build(inner.macros(), outputs, null);
        int[] sums = results.stream().mapToInt(Place.Row::number).toArray();
        int first = inBatchLoop ? layout.indexWords(loop.batch() * batchSize) : -1;
        return new LoopStage(sums, loop.count(), first, currentWords, currentNormal, layout, body);
    }

    private Stage failed(Place.Row flag, Place.Row check) {
        Graph g = new Graph(precision);
        Value bad = g.select(g.lt(g.constant(0), g.row(0)), g.constant(Double.NaN), g.constant(0));
        Code code = new Code(precision, List.of(new Code.Store(1, g.add(g.row(1), bad))));
        return new CodeStage(code, backend, List.of(flag, check), layout, stride);
    }
}
