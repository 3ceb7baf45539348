package ornstein.kernel;

import java.lang.constant.ClassDesc;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Turns [Code] into objects that run it. Code of the same structure is compiled once in a JVM, whatever the
/// numbers in its shared numbers, rows and columns, so the points of a sweep share what the JIT compiler has
/// made of it.
final class Compiler {
    /// The longest method: beyond 8,000 bytes the JVM never compiles one, and says nothing.
    static final int METHOD_LIMIT = 7500;

    private record Key(Backend backend, Precision precision, String structure) {}

    private static final Map<Key, Object> COMPILED = new ConcurrentHashMap<>();

    /// Sees the bytes of every class that is made; for tests.
    static volatile @Nullable Consumer<byte[]> observer;

    private Compiler() {}

    /// Forgets what was compiled; for tests.
    static void forget() {
        COMPILED.clear();
    }

    static Code.F32 single(Code code, Backend backend) {
        return (Code.F32) compiled(code, backend);
    }

    static Code.F64 wide(Code code, Backend backend) {
        return (Code.F64) compiled(code, backend);
    }

    /// The loops of a [DotStage] with some sums, for groups of so many vectors.
    static DotEmitter.Sums sums(int sums, int vectors, Precision precision, Backend backend) {
        return (DotEmitter.Sums) COMPILED.computeIfAbsent(
                new Key(backend, precision, sums + " sums of " + vectors + " vectors"), _ -> {
                    int lanes = Lanes.of(precision, backend);
                    return load(new DotEmitter(emitter(precision, backend), lanes, sums, vectors).emit());
                });
    }

    private static Object compiled(Code code, Backend backend) {
        return COMPILED.computeIfAbsent(
                new Key(backend, code.precision(), structure(code)), _ -> load(bytes(code, backend)));
    }

    private static Object load(byte[] bytes) {
        Consumer<byte[]> seen = observer;
        if (seen != null) seen.accept(bytes);
        try {
            return MethodHandles.lookup()
                    .defineHiddenClass(bytes, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("generated code does not load", e);
        }
    }

    static byte[] bytes(Code code, Backend backend) {
        return emitter(code.precision(), backend).emit(code);
    }

    private static Emitter emitter(Precision precision, Backend backend) {
        ClassDesc self = ClassDesc.of("ornstein.kernel.Generated");
        return switch (backend) {
            case SCALAR -> new ScalarEmitter(precision, self);
            case VECTOR -> new VectorEmitter(precision, self);
        };
    }

    /// The code as text, the same for codes that differ in nothing but the numbering of their values.
    private static String structure(Code code) {
        StringBuilder text = new StringBuilder();
        Map<Value, Integer> numbers = new HashMap<>();
        List<Value> order = Emitter.order(code);
        for (Value v : order) {
            text.append(v.op()).append(' ').append(v.bits()).append(' ').append(v.second());
            for (Value a : v.arguments()) text.append(' ').append(numbers.get(a));
            text.append('\n');
            numbers.put(v, numbers.size());
        }
        for (Code.Store s : code.stores())
            text.append(s.slot()).append(" <- ").append(numbers.get(s.value())).append('\n');
        Value guard = code.guard();
        return guard == null
                ? text.toString()
                : text.append("guard ").append(numbers.get(guard)).toString();
    }
}
