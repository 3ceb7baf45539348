package ornstein.tornado;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import ornstein.kernel.DeviceCode;

/// Turns the bytes of generated kernels into tasks. Equal bytes give one class.
final class KernelLoader extends ClassLoader {
    private record Key(int hash, byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key k && Arrays.equals(bytes, k.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private static final Map<Key, Object> TASKS = new ConcurrentHashMap<>();

    private final byte[] bytes;

    private KernelLoader(byte[] bytes) {
        super(KernelLoader.class.getClassLoader());
        this.bytes = bytes;
    }

    static Object task(DeviceCode code) {
        byte[] bytes = code.bytes();
        return TASKS.computeIfAbsent(new Key(Arrays.hashCode(bytes), bytes), k -> define(bytes));
    }

    private static Object define(byte[] bytes) {
        try {
            return new KernelLoader(bytes)
                    .loadClass(DeviceCode.NAME)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a generated kernel does not load", e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!name.equals(DeviceCode.NAME)) throw new ClassNotFoundException(name);
        return defineClass(name, bytes, 0, bytes.length);
    }
}
