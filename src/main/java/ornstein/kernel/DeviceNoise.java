package ornstein.kernel;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Set;
import java.util.TreeSet;
import ornstein.random.Streams;

/// The normals, or uniforms, of a kernel's step: made for as many steps as use up whole blocks, kept in local
/// variables, and chosen by the step's number.
final class DeviceNoise {
    static final ClassDesc DRAWS = ClassDesc.of("ornstein.kernel.DeviceDraws");

    private final DeviceMethod m;
    private final CodeBuilder c;
    private final boolean normal;
    private final int perStep;
    private final int period;
    private final int blocks;
    private final TreeSet<Integer> used;

    /// @param used numbers within the step that are taken
    DeviceNoise(DeviceMethod m, boolean normal, int perStep, Set<Integer> used) {
        this.m = m;
        c = m.c;
        this.normal = normal;
        this.perStep = perStep;
        this.used = new TreeSet<>(used);
        period = Layout.period(perStep);
        blocks = period * perStep / 4;
    }

    private int row(int position) {
        return m.row((normal ? m.layout.firstNormal() : m.layout.firstUniform()) + position);
    }

    private boolean isUsed(int position) {
        return used.contains(position % perStep);
    }

    private boolean isUsed(int block, int pair) {
        int first = 4 * block + 2 * pair;
        return isUsed(first) || isUsed(first + 1);
    }

    /// Gives the local variables that outlive a step a value.
    void declare() {
        if (used.isEmpty()) return;
        for (int p = 0; p < 4 * blocks; p++) {
            if (isUsed(p)) m.zero().store(row(p));
        }
    }

    /// Sees to it that the step's numbers are in local variables.
    void make() {
        if (used.isEmpty()) return;
        int phase = m.narrow();
        c.lload(m.number).l2i().loadConstant(period - 1).iand().istore(phase);
        Label have = c.newLabel();
        if (period > 1) {
            Label fresh = c.newLabel();
            c.iload(phase).ifeq(fresh).iload(m.at).ifne(have).labelBinding(fresh);
        }
        int index = m.wide();
        int bits = m.wide();
        int shift = Integer.numberOfTrailingZeros(period);
        for (int b = 0; b < blocks; b++) {
            if (!isUsed(b, 0) && !isUsed(b, 1)) continue;
            c.lload(m.number)
                    .loadConstant(shift)
                    .lshr()
                    .loadConstant((long) blocks)
                    .lmul();
            c.loadConstant((long) b).ladd().lstore(index);
            for (int pair = 0; pair < 2; pair++) {
                if (!isUsed(b, pair)) continue;
                block(m, pair == 0, index, normal ? Streams.NOISE : Streams.UNIFORM);
                c.lstore(bits);
                pair(bits, 4 * b + 2 * pair);
            }
        }
        c.labelBinding(have);
        for (int j : used) choose(phase, j);
    }

    private void pair(int bits, int position) {
        int second = m.narrow();
        c.lload(bits).bipush(32).lshr().l2i().istore(second);
        if (!normal) {
            for (int k = 0; k < 2; k++) {
                if (!isUsed(position + k)) continue;
                if (k == 0) c.lload(bits).l2i();
                else c.iload(second);
                m.math(m.single ? "uniform32" : "uniform64", CD_int);
                m.store(row(position + k));
            }
            return;
        }
        int radius = radius(m, bits);
        for (int k = 0; k < 2; k++) {
            if (!isUsed(position + k)) continue;
            half(m, k == 0, radius, second);
            m.store(row(position + k));
        }
    }

    private void choose(int phase, int j) {
        Place place = normal ? new Place.Normal(j) : new Place.Uniform(j);
        if (period == 1) {
            m.choose(place, row(j));
            return;
        }
        int local = m.newReal();
        m.choose(place, local);
        Label end = c.newLabel();
        for (int p = period - 1; p >= 0; p--) {
            Label other = c.newLabel();
            if (p > 0) c.iload(phase).loadConstant(p).if_icmpne(other);
            m.load(row(p * perStep + j));
            m.store(local);
            if (p > 0) c.goto_(end);
            c.labelBinding(other);
        }
        c.labelBinding(end);
    }

    /// Leaves one normal of the step on the stack, made on the spot.
    ///
    /// @param n local variable of its number within the step
    static void one(DeviceMethod m, int perStep, int n) {
        CodeBuilder c = m.c;
        int position = m.wide();
        c.lload(m.number).loadConstant((long) perStep).lmul().iload(n).i2l().ladd();
        c.lstore(position);
        int block = m.wide();
        c.lload(position).iconst_2().lshr().lstore(block);
        int bits = m.wide();
        Label second = c.newLabel();
        Label join = c.newLabel();
        c.lload(position).loadConstant(2L).land().lconst_0().lcmp().ifne(second);
        block(m, true, block, Streams.NOISE);
        c.lstore(bits).goto_(join).labelBinding(second);
        block(m, false, block, Streams.NOISE);
        c.lstore(bits).labelBinding(join);
        int radius = radius(m, bits);
        int angle = m.narrow();
        c.lload(bits).bipush(32).lshr().l2i().istore(angle);
        Label odd = c.newLabel();
        Label out = c.newLabel();
        int result = m.newReal();
        c.lload(position).lconst_1().land().lconst_0().lcmp().ifne(odd);
        half(m, true, radius, angle);
        m.store(result);
        c.goto_(out).labelBinding(odd);
        half(m, false, radius, angle);
        m.store(result);
        c.labelBinding(out);
        m.load(result);
    }

    /// Leaves two words of a block (64 bits) on the stack.
    ///
    /// @param low words 0 and 1, else 2 and 3
    /// @param index local variable of the block's number
    private static void block(DeviceMethod m, boolean low, int index, int stream) {
        CodeBuilder c = m.c;
        c.iload(m.pathLow).iload(m.pathHigh).lload(index).l2i();
        c.lload(index).loadConstant(stream).invokestatic(DRAWS, "top", MethodTypeDesc.of(CD_int, CD_long, CD_int));
        c.iload(m.seedLow).iload(m.seedHigh);
        MethodTypeDesc six = MethodTypeDesc.of(CD_long, CD_int, CD_int, CD_int, CD_int, CD_int, CD_int);
        c.invokestatic(DRAWS, low ? "low" : "high", six);
    }

    /// A new local variable: the radius of the two normals of some bits.
    private static int radius(DeviceMethod m, int bits) {
        int radius = m.newReal();
        m.c.lload(bits).l2i();
        m.math(m.single ? "radius32" : "radius64", CD_int);
        m.store(radius);
        return radius;
    }

    /// Leaves the first or second normal of a pair on the stack.
    private static void half(DeviceMethod m, boolean first, int radius, int angle) {
        m.load(radius);
        m.c.iload(angle);
        m.math(first ? "first" : "second", m.real, CD_int);
    }
}
