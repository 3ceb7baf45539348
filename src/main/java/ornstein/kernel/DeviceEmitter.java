package ornstein.kernel;

import static java.lang.constant.ConstantDescs.CD_Integer;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ornstein.method.Step;

/// Writes a [Program] as one method in which a thread moves one path on. Rows are local variables; stages follow each
/// other as straight-line code and loops. Arguments:
///
/// | argument | holds |
/// |---|---|
/// | context | the thread's number |
/// | control | see [DeviceControl] |
/// | state | coordinate `c` of path `i` at `c * stride + i` |
/// | shared, table, columns | as [DeviceCode] gives them |
/// | failed | the step after which a path had failed, or -1 |
/// | values | expression `k` of path `i` at `k * stride + i` |
///
/// A step takes all but `values`, expressions all but `failed` and `columns`.
final class DeviceEmitter {
    private static final ClassDesc SELF = ClassDesc.of(DeviceCode.NAME);

    private final Program program;
    private final @Nullable Step step;
    private final int coordinates;
    private List<Double> held = List.of();

    private DeviceEmitter(Program program, @Nullable Step step, int coordinates) {
        this.program = program;
        this.step = step;
        this.coordinates = coordinates;
    }

    static DeviceEmitter step(Program program, Step step) {
        return new DeviceEmitter(program, step, step.next().size());
    }

    static DeviceEmitter values(Program program, int coordinates) {
        return new DeviceEmitter(program, null, coordinates);
    }

    /// Numbers that follow the shared numbers: the coefficients of long sums, and constants that are not finite.
    double[] held() {
        return held.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /// The bytes of the class.
    ///
    /// @throws IllegalArgumentException if the method is too long
    byte[] emit() {
        ClassDesc reals = DeviceMethod.reals(program.precision());
        List<ClassDesc> types = new ArrayList<>(List.of(DeviceMethod.CONTEXT, DeviceMethod.INTS, reals, reals, reals));
        types.addAll(step == null ? List.of(DeviceMethod.DOUBLES) : List.of(reals, DeviceMethod.LONGS));
        ClassDesc task = ClassDesc.of(DeviceMethod.API + "common.TornadoFunctions$Task" + types.size());
        MethodTypeDesc kernel = MethodTypeDesc.of(CD_void, types);
        MethodTypeDesc apply =
                MethodTypeDesc.of(CD_void, types.stream().map(t -> CD_Object).toList());
        String name = step == null ? "ornstein_values" : "ornstein_step";
        return ClassFile.of().build(SELF, cb -> {
            cb.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            cb.withInterfaceSymbols(task);
            cb.withMethodBody("apply", apply, ClassFile.ACC_PUBLIC, c -> {
                for (int i = 0; i < types.size(); i++) c.aload(i + 1).checkcast(types.get(i));
                c.invokestatic(SELF, name, kernel).return_();
            });
            cb.withMethodBody(
                    ConstantDescs.INIT_NAME,
                    MethodTypeDesc.of(CD_void),
                    ClassFile.ACC_PUBLIC,
                    c -> c.aload(0)
                            .invokespecial(CD_Object, ConstantDescs.INIT_NAME, MethodTypeDesc.of(CD_void))
                            .return_());
            cb.withMethodBody(name, kernel, ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC, c -> {
                for (int i = 0; i < types.size(); i++) {
                    c.localVariable(i, "a" + i, types.get(i), c.startLabel(), c.endLabel());
                }
                DeviceMethod m = new DeviceMethod(c, program, types.size());
                if (step == null) valuesBody(m);
                else stepBody(m, step);
                held = m.held;
            });
        });
    }

    private void stepBody(DeviceMethod m, Step s) {
        CodeBuilder c = m.c;
        Label end = c.newLabel();
        frame(m, end);
        c.aload(DeviceMethod.FAILED).iload(m.path);
        c.invokevirtual(DeviceMethod.LONGS, "get", MethodTypeDesc.of(CD_long, CD_int));
        c.lconst_0().lcmp().ifge(end);
        loadState(m);
        int first = stream(m);
        int steps = m.integer(DeviceControl.STEPS);
        m.at = m.narrow();
        m.number = m.wide();
        m.index = m.narrow();
        c.iconst_0().istore(m.at);
        DeviceStages stages = new DeviceStages(m, s);
        DeviceStages.Uses uses = new DeviceStages.Uses(program.stages());
        DeviceNoise normals = new DeviceNoise(m, true, s.normals(), uses.normals);
        DeviceNoise uniforms = new DeviceNoise(m, false, s.uniforms(), uses.uniforms);
        normals.declare();
        uniforms.declare();
        int check = m.row(program.layout().check());
        Label test = c.newLabel();
        Label done = c.newLabel();
        c.labelBinding(test).iload(m.at).iload(steps).if_icmpge(done);
        c.lload(first).iload(m.at).i2l().ladd().lstore(m.number);
        m.zero().store(check);
        normals.make();
        uniforms.make();
        stages.draw(uses.indices);
        stages.write();
        c.iinc(m.at, 1);
        Label fine = c.newLabel();
        m.load(check);
        m.zero().compare();
        c.ifeq(fine);
        m.fail();
        c.iload(steps).istore(m.at);
        c.labelBinding(fine).goto_(test);
        c.labelBinding(done);
        storeState(m);
        c.labelBinding(end).return_();
    }

    /// Puts the seed and the path's number into local variables; gives that of the first step's number.
    private static int stream(DeviceMethod m) {
        CodeBuilder c = m.c;
        m.seedLow = m.integer(DeviceControl.SEED_LOW);
        m.seedHigh = m.integer(DeviceControl.SEED_HIGH);
        int whole = m.wide();
        m.wideControl(DeviceControl.PATH_LOW, DeviceControl.PATH_HIGH);
        c.iload(m.path).i2l().ladd().lstore(whole);
        m.pathLow = m.narrow();
        c.lload(whole).l2i().istore(m.pathLow);
        m.pathHigh = m.narrow();
        c.lload(whole).bipush(32).lshr().l2i().istore(m.pathHigh);
        int first = m.wide();
        m.wideControl(DeviceControl.STEP_LOW, DeviceControl.STEP_HIGH);
        c.lstore(first);
        return first;
    }

    private void valuesBody(DeviceMethod m) {
        CodeBuilder c = m.c;
        Label end = c.newLabel();
        frame(m, end);
        m.at = m.narrow();
        m.index = m.narrow();
        c.iconst_0().istore(m.at);
        loadState(m);
        new DeviceStages(m, null).write();
        for (int k = 0; k < program.outputs().size(); k++) {
            c.aload(DeviceMethod.FIFTH);
            m.position(k);
            m.load(m.row(program.outputs().get(k).number()));
            if (m.single) c.f2d();
            c.invokevirtual(DeviceMethod.DOUBLES, "set", MethodTypeDesc.of(CD_void, CD_int, CD_double));
        }
        c.labelBinding(end).return_();
    }

    /// Leaves threads without a path at once.
    private void frame(DeviceMethod m, Label end) {
        m.path = m.narrow();
        m.c.aload(0)
                .getfield(DeviceMethod.CONTEXT, "globalIdx", CD_Integer)
                .invokevirtual(CD_Integer, "intValue", MethodTypeDesc.of(CD_int))
                .istore(m.path);
        m.stride = m.integer(DeviceControl.STRIDE);
        m.c.iload(m.path);
        m.control(step == null ? DeviceControl.LOOKED : DeviceControl.PATHS);
        m.c.if_icmpge(end);
    }

    private void loadState(DeviceMethod m) {
        for (int k = 0; k < coordinates; k++) {
            m.c.aload(DeviceMethod.STATE);
            m.position(k);
            m.entry();
            m.store(m.row(k));
        }
    }

    private void storeState(DeviceMethod m) {
        for (int k = 0; k < coordinates; k++) {
            m.c.aload(DeviceMethod.STATE);
            m.position(k);
            m.load(m.row(k));
            m.c.invokevirtual(m.reals, "set", MethodTypeDesc.of(CD_void, CD_int, m.real));
        }
    }
}
