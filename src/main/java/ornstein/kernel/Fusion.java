package ornstein.kernel;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ornstein.expr.Expr;

/// Several short steps in one method: the coordinates stay in registers from step to step.
///
/// @param steps how many, 1 for none; they start at a multiple of it, so that their normals are in the rows together
/// @param stages one stage, or none
record Fusion(int steps, List<Stage> stages) {
    static final Fusion NONE = new Fusion(1, List.of());

    /// Fuses steps that consist of elementwise arithmetic, if they fit into one method.
    ///
    /// @param normals of a step
    static Fusion of(
            Lowering lowering, int normals, List<Section.Output> outputs, Map<Expr, Place> inRow, Place.Row check) {
        int steps = normals == 0 ? 1 : Layout.period(normals);
        Set<Expr> seen = new HashSet<>();
        int weight = outputs.size();
        for (Section.Output o : outputs) weight += weight(o.value(), seen);
        if (steps == 1 || steps * weight > Section.OPERATIONS) return NONE;
        Graph g = new Graph(lowering.precision());
        List<Place> places = new ArrayList<>();
        Map<Place, Value> now = new HashMap<>();
        Value sum = g.row(slot(places, check));
        for (int s = 0; s < steps; s++) {
            int phase = s;
            Translator translator = new Translator(g, lowering.shared(), e -> {
                Place place = inRow.get(e);
                if (place == null) return null;
                Value value = now.get(place);
                if (value != null) return value;
                return g.row(slot(places, new Place.Row(lowering.layout().row(place, phase))));
            });
            List<Value> next =
                    outputs.stream().map(o -> translator.value(o.value())).toList();
            for (int k = 0; k < next.size(); k++) {
                now.put(outputs.get(k).row(), next.get(k));
                sum = g.fma(next.get(k), g.constant(0), sum);
            }
        }
        List<Code.Store> stores = new ArrayList<>();
        for (Section.Output o : outputs)
            stores.add(new Code.Store(slot(places, o.row()), requireNonNull(now.get(o.row()))));
        stores.add(new Code.Store(slot(places, check), sum));
        Code code = new Code(lowering.precision(), stores);
        return new Fusion(
                steps, List.of(new CodeStage(code, lowering.backend(), places, lowering.layout(), lowering.stride())));
    }

    private static int slot(List<Place> places, Place place) {
        if (!places.contains(place)) places.add(place);
        return places.indexOf(place);
    }

    private static int weight(Expr e, Set<Expr> seen) {
        if (!seen.add(e)) return 0;
        int weight = Translator.weight(e);
        for (Expr operand : e.operands()) weight += weight(operand, seen);
        return weight;
    }
}
