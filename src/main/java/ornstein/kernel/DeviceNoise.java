package ornstein.kernel;

import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.MethodTypeDesc;
import java.util.Set;
import java.util.TreeSet;
import ornstein.random.Streams;

/// The normals, or uniforms, of a kernel's step: made for as many steps as use up whole blocks, kept in local
/// variables, and chosen by the step's number.
final class DeviceNoise {
    private final DeviceEmitter emitter;
    private final boolean normal;
    private final int perStep;
    private final int period;
    private final int blocks;
    private final TreeSet<Integer> used;

    /// @param used numbers within the step that are taken
    DeviceNoise(DeviceEmitter emitter, boolean normal, int perStep, Set<Integer> used) {
        this.emitter = emitter;
        this.normal = normal;
        this.perStep = perStep;
        this.used = new TreeSet<>(used);
        period = Layout.period(perStep);
        blocks = period * perStep / 4;
    }

    private int row(int position) {
        Layout layout = emitter.layout();
        return emitter.row((normal ? layout.firstNormal() : layout.firstUniform()) + position);
    }

    private boolean isUsed(int position) {
        return used.contains(position % perStep);
    }

    private boolean isUsed(int block, int pair) {
        int first = 4 * block + 2 * pair;
        return isUsed(first) || isUsed(first + 1);
    }

    /// Gives the local variables that outlive a step a value.
    void declare(CodeBuilder c) {
        if (used.isEmpty()) return;
        for (int p = 0; p < 4 * blocks; p++) {
            if (isUsed(p)) {
                emitter.zero(c);
                emitter.storeReal(c, row(p));
            }
        }
    }

    /// Sees to it that the step's numbers are in local variables.
    void make(CodeBuilder c) {
        if (used.isEmpty()) return;
        int phase = emitter.narrow();
        c.lload(emitter.number()).l2i().loadConstant(period - 1).iand().istore(phase);
        Label have = c.newLabel();
        if (period > 1) {
            Label fresh = c.newLabel();
            c.iload(phase).ifeq(fresh).iload(emitter.at()).ifne(have).labelBinding(fresh);
        }
        int index = emitter.wide();
        int bits = emitter.wide();
        int shift = Integer.numberOfTrailingZeros(period);
        for (int b = 0; b < blocks; b++) {
            if (!isUsed(b, 0) && !isUsed(b, 1)) continue;
            c.lload(emitter.number())
                    .loadConstant(shift)
                    .lshr()
                    .loadConstant((long) blocks)
                    .lmul();
            c.loadConstant((long) b).ladd().lstore(index);
            for (int pair = 0; pair < 2; pair++) {
                if (!isUsed(b, pair)) continue;
                emitter.block(c, pair == 0, index, normal ? Streams.NOISE : Streams.UNIFORM);
                c.lstore(bits);
                pair(c, bits, 4 * b + 2 * pair);
            }
        }
        c.labelBinding(have);
        for (int j : used) choose(c, phase, j);
    }

    private void pair(CodeBuilder c, int bits, int position) {
        MethodTypeDesc ofWord = MethodTypeDesc.of(emitter.real(), CD_int);
        int second = emitter.narrow();
        c.lload(bits).bipush(32).lshr().l2i().istore(second);
        String width = emitter.single() ? "32" : "64";
        if (!normal) {
            for (int k = 0; k < 2; k++) {
                if (!isUsed(position + k)) continue;
                if (k == 0) c.lload(bits).l2i();
                else c.iload(second);
                c.invokestatic(emitter.math(), "uniform" + width, ofWord);
                emitter.storeReal(c, row(position + k));
            }
            return;
        }
        int radius = emitter.newReal();
        c.lload(bits).l2i().invokestatic(emitter.math(), "radius" + width, ofWord);
        emitter.storeReal(c, radius);
        for (int k = 0; k < 2; k++) {
            if (!isUsed(position + k)) continue;
            half(emitter, c, k == 0, radius, second);
            emitter.storeReal(c, row(position + k));
        }
    }

    /// Leaves the first or second normal of a pair on the stack.
    static void half(DeviceEmitter emitter, CodeBuilder c, boolean first, int radius, int angle) {
        emitter.loadReal(c, radius);
        c.iload(angle);
        c.invokestatic(
                emitter.math(), first ? "first" : "second", MethodTypeDesc.of(emitter.real(), emitter.real(), CD_int));
    }

    private void choose(CodeBuilder c, int phase, int j) {
        Place place = normal ? new Place.Normal(j) : new Place.Uniform(j);
        if (period == 1) {
            emitter.choose(place, row(j));
            return;
        }
        int local = emitter.newReal();
        emitter.choose(place, local);
        Label end = c.newLabel();
        for (int p = period - 1; p >= 0; p--) {
            Label other = c.newLabel();
            if (p > 0) c.iload(phase).loadConstant(p).if_icmpne(other);
            emitter.loadReal(c, row(p * perStep + j));
            emitter.storeReal(c, local);
            if (p > 0) c.goto_(end);
            c.labelBinding(other);
        }
        c.labelBinding(end);
    }
}
