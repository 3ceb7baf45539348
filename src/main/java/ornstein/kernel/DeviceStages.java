package ornstein.kernel;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import ornstein.method.Batches;
import ornstein.method.Step;

/// The stages of a program as code and loops of a kernel, one after the other.
final class DeviceStages {
    private final DeviceMethod m;
    private final CodeBuilder c;
    private final Map<Integer, Integer> stepwise = new HashMap<>();
    private final int examples;
    private final int normals;
    private final @Nullable DeviceBatches batches;

    /// @param step null for expressions of a state
    DeviceStages(DeviceMethod m, @Nullable Step step) {
        this.m = m;
        c = m.c;
        int[] slots = m.program.shared().stepwise();
        for (int k = 0; k < slots.length; k++) stepwise.put(slots[k], k);
        examples = step == null ? 0 : step.data().examples();
        normals = step == null ? 0 : step.normals();
        Batches drawn = step == null ? null : step.batches().orElse(null);
        batches = drawn == null ? null : new DeviceBatches(m, drawn);
    }

    /// Which normals, uniforms and batch indices stages name.
    static final class Uses {
        final Set<Integer> normals = new HashSet<>();
        final Set<Integer> uniforms = new HashSet<>();
        final Set<Integer> indices = new HashSet<>();

        Uses(List<Stage> stages) {
            stages.forEach(this::add);
        }

        private void add(Stage stage) {
            List<Place> places = switch (stage) {
                case CodeStage s -> s.places;
                case FunctionStage s -> s.fromTo;
                case PowerStage s -> s.places;
                case DotStage s -> s.rows;
                default -> List.of();
            };
            for (Place p : places) {
                if (p instanceof Place.Normal z) normals.add(z.number());
                if (p instanceof Place.Uniform u) uniforms.add(u.number());
                if (p instanceof Place.Index i) indices.add(i.slot());
            }
            if (stage instanceof LoopStage loop) loop.body.forEach(this::add);
        }
    }

    /// Draws the examples of some slots of the step's batches.
    void draw(Set<Integer> slots) {
        for (int slot : slots) drawInto(m.words(m.layout.indexWords(slot)), slot, -1);
    }

    private void drawInto(int local, int slot, int dynamic) {
        if (batches == null) throw new IllegalStateException("examples of a step without batches");
        batches.draw(slot, dynamic);
        c.istore(local);
    }

    void write() {
        m.program.stages().forEach(this::stage);
    }

    @SuppressWarnings("ReferenceEquality") // there is one stage that does nothing
    private void stage(Stage stage) {
        if (stage == Stage.NONE) return;
        switch (stage) {
            case CodeStage s -> new DeviceStraight(m, s.places, stepwise, examples).write(s.code);
            case FunctionStage s -> {
                m.load(m.local(s.fromTo.get(0)));
                m.math(s.function.name().toLowerCase(Locale.ROOT), m.real);
                m.store(m.local(s.fromTo.get(1)));
            }
            case PowerStage s -> {
                m.load(m.local(s.places.get(0)));
                m.load(m.local(s.places.get(1)));
                m.math("pow", m.real, m.real);
                m.store(m.local(s.places.get(2)));
            }
            case DotStage s -> dot(s);
            case LoopStage s -> loop(s);
            default -> throw new IllegalStateException("a stage without a kernel: " + stage);
        }
    }

    private void dot(DotStage s) {
        for (int r = 0; r < s.results.size(); r++) {
            int sum = m.local(s.results.get(r));
            for (int k = 0; k < s.rows.size(); k++) {
                m.held(s.coefficients.get(r).get(k));
                m.load(m.local(s.rows.get(k)));
                m.multiply();
                if (k > 0) {
                    m.load(sum);
                    m.add();
                }
                m.store(sum);
            }
        }
    }

    private void loop(LoopStage s) {
        for (int row : s.sums) m.zero().store(m.row(row));
        int n = m.narrow();
        c.iconst_0().istore(n);
        Label test = c.newLabel();
        Label end = c.newLabel();
        c.labelBinding(test).iload(n).loadConstant(s.count).if_icmpge(end);
        c.iload(n).istore(m.index);
        if (s.firstIndex >= 0) drawInto(m.words(s.current), s.firstIndex - m.layout.indexWords(0), n);
        if (s.currentNormal >= 0) {
            DeviceNoise.one(m, normals, n);
            m.store(m.row(s.currentNormal));
        }
        s.body.forEach(this::stage);
        c.iinc(n, 1).goto_(test).labelBinding(end);
    }
}
