package ornstein.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import ornstein.kernel.Cases.Case;
import ornstein.method.Settings;
import ornstein.model.Model;

class GeneratedCodeTest {
    /// Above this many calls of the Vector API in a method, the JIT compiler stops inlining and makes a
    /// vector object of every intermediate result.
    private static final int VECTOR_OPERATIONS = 90;

    @Test
    void everyMethodIsShortEnoughToBeCompiled() throws Exception {
        List<byte[]> classes = new ArrayList<>();
        List<String> cases = new ArrayList<>();
        Compiler.forget();
        Compiler.observer = bytes -> {
            synchronized (classes) {
                classes.add(bytes);
            }
        };
        try {
            for (Case c : Cases.all().toList()) {
                for (Precision p : Precision.values()) {
                    for (Backend b : Backend.values()) Kernel.of(c.step(), p, b);
                }
                while (cases.size() < classes.size()) cases.add(c.name());
            }
        } finally {
            Compiler.observer = null;
        }
        assertTrue(classes.size() > 100, classes.size() + " classes");
        int longest = 0;
        int most = 0;
        String heaviest = "";
        for (int k = 0; k < classes.size(); k++) {
            for (MethodModel m : ClassFile.of().parse(classes.get(k)).methods()) {
                CodeAttribute code = (CodeAttribute) m.code().orElseThrow();
                longest = Math.max(longest, code.codeLength());
                int calls = vectorCalls(code);
                if (calls > most) heaviest = cases.get(k);
                most = Math.max(most, calls);
            }
        }
        assertTrue(longest < Compiler.METHOD_LIMIT, longest + " bytes");
        assertTrue(most <= VECTOR_OPERATIONS, most + " vector operations of " + heaviest);
        if (Boolean.getBoolean("print"))
            System.out.println(classes.size() + " classes, " + longest + " bytes, " + most);
    }

    private static int vectorCalls(CodeAttribute code) {
        int calls = 0;
        for (var element : code) {
            if (element instanceof InvokeInstruction i) {
                String owner = i.owner().asInternalName();
                boolean broadcast = i.name().equalsString("broadcast");
                if (!broadcast && (owner.startsWith("jdk/incubator/vector") || owner.endsWith("Lanes"))) calls++;
            }
        }
        return calls;
    }

    /// Boxed vectors would be garbage by the gigabyte.
    @Test
    void aRunMakesNoGarbage() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Model model = Cases.model("double-well");
        Kernel kernel =
                Kernel.of(Cases.step(model, "euler-maruyama", Settings.of(0.01)), Precision.F32, Backend.VECTOR);
        Block block = kernel.newBlock(1024);
        block.reset(1, 0, 1024);
        kernel.start(block, model.start());
        long step = 0;
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 60 && allocated > 1 << 20; attempt++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int call = 0; call < 50; call++) kernel.advance(block, 16 * step++, 16);
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertTrue(allocated < 1 << 20, allocated + " bytes in 50 calls after warming up");
    }
}
