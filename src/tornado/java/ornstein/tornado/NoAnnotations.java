package ornstein.tornado;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;

/// Tells TornadoVM that kernels have no annotations. Its own reader looks for their class files, which generated ones
/// do not have. The class is made here, as the compiler would need JVM internals to see its interface.
final class NoAnnotations {
    private static final String NAME = "ornstein.tornado.NoAnnotationsReader";
    private static final String RUNTIME = "uk.ac.manchester.tornado.runtime.";
    private static boolean installed;

    private NoAnnotations() {}

    static synchronized void install() {
        if (installed) return;
        installed = true;
        ClassDesc annotation = ClassDesc.of(RUNTIME + "common.ParallelAnnotationProvider");
        byte[] bytes = ClassFile.of().build(ClassDesc.of(NAME), cb -> {
            cb.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_SUPER);
            cb.withInterfaceSymbols(ClassDesc.of(RUNTIME + "ASMClassVisitorProvider"));
            cb.withMethodBody(
                    ConstantDescs.INIT_NAME,
                    MethodTypeDesc.of(ConstantDescs.CD_void),
                    ClassFile.ACC_PUBLIC,
                    c -> c.aload(0)
                            .invokespecial(
                                    ConstantDescs.CD_Object,
                                    ConstantDescs.INIT_NAME,
                                    MethodTypeDesc.of(ConstantDescs.CD_void))
                            .return_());
            cb.withMethodBody(
                    "getParallelAnnotations",
                    MethodTypeDesc.of(annotation.arrayType(), ClassDesc.of("jdk.vm.ci.meta.ResolvedJavaMethod")),
                    ClassFile.ACC_PUBLIC,
                    c -> c.iconst_0().anewarray(annotation).areturn());
        });
        try {
            MethodHandles.lookup().defineClass(bytes);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
        System.setProperty("tornado.load.annotation.implementation", NAME);
    }
}
