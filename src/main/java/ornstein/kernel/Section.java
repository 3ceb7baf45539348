package ornstein.kernel;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;

/// Orders expressions and macros into stages. Elementwise arithmetic is done as early as a macro, or the end,
/// needs it, in methods short enough that the JIT compiler inlines every vector operation; what one method
/// makes for another goes through a row.
final class Section {
    /// Most operations of a method.
    static final int OPERATIONS = 36;

    /// Where a final value goes.
    ///
    /// @param add whether it is added to what is there
    record Output(Place.Row row, Expr value, boolean add) {}

    private final Lowering lowering;
    private final Shared shared;
    private final Map<Expr, Place> inRow;
    private final List<Stage> stages = new ArrayList<>();
    private final Map<Expr, Integer> groupOf = new HashMap<>();
    private final Map<Expr, Integer> methodOf = new HashMap<>();
    private final Set<Expr> toRow = new LinkedHashSet<>();
    private final Map<Sym, Integer> levels = new HashMap<>();
    private int methods;

    /// @param inRow where symbols lie; the section adds what it puts in rows
    Section(Lowering lowering, Shared shared, Map<Expr, Place> inRow) {
        this.lowering = lowering;
        this.shared = shared;
        this.inRow = new LinkedHashMap<>(inRow);
    }

    /// The stages of the macros and outputs.
    ///
    /// @param check row that becomes not a number where an output is not finite, or null
    List<Stage> build(List<Macro> macros, List<Output> outputs, Place.@Nullable Row check) {
        int last = 0;
        for (Macro m : macros) {
            int level = 1;
            for (Expr input : m.inputs()) level = Math.max(level, 1 + level(input));
            for (Sym s : m.results()) levels.put(s, level);
            last = Math.max(last, level);
        }
        List<List<Expr>> groups = new ArrayList<>();
        for (int g = 0; g <= last; g++) {
            List<Expr> nodes = new ArrayList<>();
            for (Macro m : macros) {
                if (requireNonNull(levels.get(m.results().get(0))) == g + 1) {
                    for (Expr input : m.inputs()) root(input, g, nodes);
                }
            }
            if (g == last) for (Output o : outputs) visit(o.value(), g, nodes);
            groups.add(nodes);
        }
        for (List<Expr> nodes : groups) divide(nodes);
        for (int g = 0; g < last; g++) {
            arithmetic(groups.get(g));
            for (Macro m : due(macros, g + 1)) stages.add(macro(m));
        }
        finish(groups.get(last), outputs, check);
        return stages;
    }

    private int level(Expr e) {
        return level(e, new HashMap<>());
    }

    private int level(Expr e, Map<Expr, Integer> known) {
        if (e instanceof Sym s) return levels.getOrDefault(s, 0);
        Integer k = known.get(e);
        if (k != null) return k;
        int level = 0;
        for (Expr operand : e.operands()) level = Math.max(level, level(operand, known));
        known.put(e, level);
        return level;
    }

    private void root(Expr e, int group, List<Expr> nodes) {
        if (isRow(e)) return;
        if (shared.has(e) && groupOf.putIfAbsent(e, group) == null) nodes.add(e);
        visit(e, group, nodes);
        toRow.add(e);
    }

    /// Whether a symbol lies in a row, now or once a macro has run.
    private boolean isRow(Expr e) {
        return inRow.containsKey(e) || e instanceof Sym s && levels.containsKey(s);
    }

    private void visit(Expr e, int group, List<Expr> nodes) {
        if (shared.has(e) || isRow(e)) return;
        Integer before = groupOf.get(e);
        if (before != null) {
            if (before < group) toRow.add(e);
            return;
        }
        groupOf.put(e, group);
        for (Expr operand : e.operands()) visit(operand, group, nodes);
        nodes.add(e);
    }

    /// Cuts a group into methods.
    private void divide(List<Expr> nodes) {
        int weight = 0;
        for (Expr e : nodes) {
            int w = Translator.weight(e);
            if (weight > 0 && weight + w > OPERATIONS) {
                methods++;
                weight = 0;
            }
            weight += w;
            methodOf.put(e, methods);
        }
        methods++;
        for (Expr e : nodes) {
            for (Expr operand : e.operands()) {
                Integer made = methodOf.get(operand);
                if (made != null && !made.equals(methodOf.get(e))) toRow.add(operand);
            }
        }
    }

    private void arithmetic(List<Expr> nodes) {
        int from = 0;
        for (int i = 1; i <= nodes.size(); i++) {
            if (i < nodes.size() && requireNonNull(methodOf.get(nodes.get(i))).equals(methodOf.get(nodes.get(i - 1))))
                continue;
            Method method = new Method();
            for (Expr e : nodes.subList(from, i)) if (toRow.contains(e)) method.keep(e);
            if (!method.stores.isEmpty()) stages.add(method.stage());
            from = i;
        }
    }

    private void finish(List<Expr> nodes, List<Output> outputs, Place.@Nullable Row check) {
        int weight = 2 * outputs.size();
        for (Expr e : nodes) weight += Translator.weight(e);
        boolean one = weight <= OPERATIONS;
        for (Expr e : nodes)
            one &= requireNonNull(methodOf.get(e)).equals(methodOf.get(nodes.get(0))) && !toRow.contains(e);
        if (one) {
            stages.add(store(outputs, check));
            return;
        }
        List<List<Output>> apart = apart(outputs);
        if (apart != null) {
            for (List<Output> some : apart) stages.add(store(some, check));
            return;
        }
        Set<Place> written = new HashSet<>();
        for (Output o : outputs) written.add(o.row());
        Method copies = new Method();
        Map<Expr, Place> saved = new HashMap<>();
        for (Output o : outputs) {
            Place at = inRow.get(o.value());
            if (at != null && written.contains(at)) saved.put(o.value(), copies.copy(o.value()));
            else if (!isRow(o.value()) && !shared.has(o.value())) toRow.add(o.value());
        }
        if (!copies.stores.isEmpty()) stages.add(copies.stage());
        arithmetic(nodes);
        inRow.putAll(saved);
        for (int i = 0; i < outputs.size(); i += OPERATIONS / 3) {
            stages.add(store(outputs.subList(i, Math.min(i + OPERATIONS / 3, outputs.size())), check));
        }
    }

    /// The outputs in pieces that each make one method, if no piece takes what another makes: neither a row that it
    /// overwrites nor arithmetic; else null.
    private @Nullable List<List<Output>> apart(List<Output> outputs) {
        List<List<Output>> pieces = new ArrayList<>();
        Map<Place, Integer> readBy = new HashMap<>();
        Map<Expr, Integer> madeBy = new HashMap<>();
        int weight = OPERATIONS;
        for (Output o : outputs) {
            Set<Expr> nodes = new HashSet<>();
            Set<Place> rows = new HashSet<>();
            reach(o.value(), nodes, rows);
            int w = 2 + nodes.stream().mapToInt(Translator::weight).sum();
            if (w > OPERATIONS) return null;
            if (weight + w > OPERATIONS) {
                pieces.add(new ArrayList<>());
                weight = 0;
            }
            weight += w;
            pieces.getLast().add(o);
            int piece = pieces.size() - 1;
            for (Expr e : nodes) if (piece != madeBy.computeIfAbsent(e, x -> piece)) return null;
            for (Place p : rows) readBy.merge(p, piece, Math::max);
        }
        for (int p = 0; p < pieces.size(); p++) {
            for (Output o : pieces.get(p)) if (readBy.getOrDefault(o.row(), p) > p) return null;
        }
        return pieces;
    }

    /// The arithmetic that an expression takes, and the rows that this reads.
    private void reach(Expr e, Set<Expr> nodes, Set<Place> rows) {
        if (shared.has(e)) return;
        Place place = inRow.get(e);
        if (place != null) rows.add(place);
        else if (!(e instanceof Sym) && nodes.add(e)) for (Expr operand : e.operands()) reach(operand, nodes, rows);
    }

    private Stage store(List<Output> outputs, Place.@Nullable Row check) {
        Method method = new Method();
        Value sum = check == null ? null : method.graph.row(method.slot(check));
        for (Output o : outputs) {
            Value v = method.translator.value(o.value());
            if (o.add()) v = method.graph.add(method.graph.row(method.slot(o.row())), v);
            method.stores.add(new Code.Store(method.slot(o.row()), v));
            if (sum != null) sum = method.graph.fma(v, method.graph.constant(0), sum);
        }
        if (check != null && sum != null) method.stores.add(new Code.Store(method.slot(check), sum));
        return method.stage();
    }

    /// The macros of a level; sums over the same rows become one, as many as registers hold.
    private List<Macro> due(List<Macro> macros, int level) {
        List<Macro> due = new ArrayList<>();
        for (Macro m : macros) {
            if (requireNonNull(levels.get(m.results().get(0))) != level) continue;
            if (m instanceof Macro.Dot next
                    && !due.isEmpty()
                    && due.getLast() instanceof Macro.Dot before
                    && rows(next).equals(rows(before))
                    && before.results().size() < DotStage.most(lowering.backend())) {
                due.set(due.size() - 1, before.with(next));
            } else due.add(m);
        }
        return due;
    }

    private List<Place> rows(Macro m) {
        return m.inputs().stream().map(inRow::get).toList();
    }

    private Stage macro(Macro m) {
        if (m instanceof Macro.Keep k && inRow.get(k.value()) != null) {
            inRow.put(k.result(), inRow.get(k.value()));
            return Stage.NONE;
        }
        List<Place> inputs = rows(m);
        List<Place> places = new ArrayList<>(inputs);
        List<Place.Row> results = new ArrayList<>();
        for (Sym s : m.results()) {
            Place.Row row = new Place.Row(lowering.layout().newRow());
            results.add(row);
            places.add(row);
            inRow.put(s, row);
        }
        return switch (m) {
            case Macro.Apply a -> lowering.function(a.function(), places);
            case Macro.Power p -> new PowerStage(places, lowering.offsets(places));
            case Macro.Dot d -> new DotStage(inputs, List.copyOf(results), d.coefficients(), lowering);
            case Macro.Loop l -> lowering.loop(l, results, inRow);
            case Macro.Keep k -> throw new IllegalStateException("an input that lies in no row");
        };
    }

    /// One method in the making.
    private final class Method {
        final Graph graph = new Graph(lowering.precision());
        final List<Place> places = new ArrayList<>();
        final List<Code.Store> stores = new ArrayList<>();
        final List<Expr> kept = new ArrayList<>();
        final List<Place> keptAt = new ArrayList<>();
        final Translator translator = new Translator(graph, shared, this::leaf);

        int slot(Place place) {
            int slot = places.indexOf(place);
            if (slot >= 0) return slot;
            places.add(place);
            return places.size() - 1;
        }

        private @Nullable Value leaf(Expr e) {
            Place place = inRow.get(e);
            if (place != null) return graph.row(slot(place));
            return e instanceof Sym s ? lowering.entry(s, graph, this::slot) : null;
        }

        /// Computes an expression into a new row, for later methods.
        void keep(Expr e) {
            kept.add(e);
            keptAt.add(copy(e));
        }

        Place copy(Expr e) {
            Place row = new Place.Row(lowering.layout().newRow());
            stores.add(new Code.Store(slot(row), translator.value(e)));
            return row;
        }

        Stage stage() {
            for (int i = 0; i < kept.size(); i++) inRow.put(kept.get(i), keptAt.get(i));
            Code code = new Code(lowering.precision(), stores);
            return new CodeStage(code, lowering.backend(), places, lowering.layout(), lowering.stride());
        }
    }
}
