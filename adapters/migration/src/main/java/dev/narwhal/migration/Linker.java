package dev.narwhal.migration;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Interfaces;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Links a class that has been migrated to equivalents of what Servlet 6 removed.
 *
 * <p>A call on a type of the API becomes one of a static method in {@code legacy.Calls}, {@code super.method()} one in {@code
 * legacy.Defaults}, and a method reference one to it. A class that extends or implements a type of the API also gets an interface with default methods for what the type has
 * lost, so that its own are found, by other classes too. Any thread.
 */
final class Linker {

    private static final ClassDesc CALLS = ClassDesc.of("dev.narwhal.legacy.Calls");
    private static final ClassDesc DEFAULTS = ClassDesc.of("dev.narwhal.legacy.Defaults");
    private static final ClassDesc PAGE_CALLS = ClassDesc.of("dev.narwhal.legacy.PageCalls");
    private static final ClassDesc PAGE_DEFAULTS = ClassDesc.of("dev.narwhal.legacy.PageDefaults");
    private static final ClassDesc UNAVAILABLE = ClassDesc.of("jakarta.servlet.UnavailableException");

    private static final MethodTypeDesc UNAVAILABLE_FOR_GOOD = MethodTypeDesc.ofDescriptor("(Ljava/lang/String;)V");
    private static final MethodTypeDesc UNAVAILABLE_FOR_A_TIME = MethodTypeDesc.ofDescriptor("(Ljava/lang/String;I)V");
    private static final String FOR_GOOD = "(Ljakarta/servlet/Servlet;Ljava/lang/String;)V";
    private static final String FOR_A_TIME = "(ILjakarta/servlet/Servlet;Ljava/lang/String;)V";

    private final ClassFile classFile;

    Linker(ClassHierarchyResolver hierarchy) {
        classFile = ClassFile.of(
                ClassFile.ClassHierarchyResolverOption.of(hierarchy), ClassFile.DeadCodeOption.KEEP_DEAD_CODE);
    }

    /**
     * The class with its calls linked; the same bytes if it has none.
     *
     * @param warning gets what went wrong when the class has to stay unlinked
     */
    byte[] link(byte[] bytes, Consumer<String> warning) {
        try {
            var type = classFile.parse(bytes);
            return transform(type)
                    .map(transform -> classFile.transformClass(type, transform))
                    .orElse(bytes);
        } catch (IllegalArgumentException e) {
            warning.accept("its calls of removed methods cannot be linked (" + e.getMessage() + ")");
            return bytes;
        }
    }

    private static Optional<ClassTransform> transform(ClassModel type) {
        var legacy = RemovedMethod.legacyOf(Stream.concat(type.superclass().stream(), type.interfaces().stream())
                .map(ClassEntry::asInternalName)
                .toList());
        Optional<ClassTransform> derived = legacy.isEmpty()
                ? Optional.empty()
                : Optional.of(withInterfaces(
                        type, legacy.stream().map(ClassDesc::ofInternalName).toList()));
        Optional<ClassTransform> calling = callsRemoved(type)
                ? Optional.of(ClassTransform.transformingMethodBodies(Linker::callsRemoved, Linker::replace))
                : Optional.empty();
        return derived.isPresent() && calling.isPresent()
                ? Optional.of(calling.get().andThen(derived.get()))
                : derived.or(() -> calling);
    }

    private static ClassTransform withInterfaces(ClassModel type, List<ClassDesc> legacy) {
        var all = new ArrayList<ClassDesc>(
                type.interfaces().stream().map(ClassEntry::asSymbol).toList());
        all.addAll(legacy);
        return ClassTransform.dropping(element -> element instanceof Interfaces)
                .andThen(ClassTransform.endHandler(builder -> builder.withInterfaceSymbols(all)));
    }

    private static boolean callsRemoved(ClassModel type) {
        for (var entry : type.constantPool()) {
            if (entry instanceof MemberRefEntry member
                    && isRemoved(
                            member.owner().asInternalName(),
                            member.name().stringValue(),
                            member.type().stringValue())) {
                return true;
            }
        }
        return false;
    }

    private static boolean callsRemoved(MethodModel method) {
        return method.code().stream().flatMap(code -> code.elementStream()).anyMatch(element -> switch (element) {
            case InvokeInstruction call -> isRemoved(call);
            case InvokeDynamicInstruction call ->
                call.bootstrapArgs().stream()
                        .anyMatch(argument -> reference(argument).isPresent());
            default -> false;
        });
    }

    private static boolean isRemoved(InvokeInstruction call) {
        return isRemoved(
                call.owner().asInternalName(),
                call.name().stringValue(),
                call.type().stringValue());
    }

    private static boolean isRemoved(String owner, String name, String descriptor) {
        return RemovedMethod.of(owner, name, descriptor).isPresent() || isConstructor(owner, name, descriptor);
    }

    private static boolean isConstructor(String owner, String name, String descriptor) {
        return name.equals(ConstantDescs.INIT_NAME)
                && owner.equals("jakarta/servlet/UnavailableException")
                && (descriptor.equals(FOR_GOOD) || descriptor.equals(FOR_A_TIME));
    }

    /** What a method reference means, if it has been removed: {@code response::encodeUrl}. */
    private static Optional<RemovedMethod> reference(ConstantDesc argument) {
        return argument instanceof DirectMethodHandleDesc handle
                        && handle.owner().isClassOrInterface()
                ? RemovedMethod.of(internalName(handle.owner()), handle.methodName(), handle.lookupDescriptor())
                : Optional.empty();
    }

    private static String internalName(ClassDesc type) {
        var descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1);
    }

    /** The static method takes the object as its first argument; what is bound to it has to be of exactly that type. */
    private static DynamicCallSiteDesc replace(InvokeDynamicInstruction call) {
        var type = call.typeSymbol();
        var arguments = call.bootstrapArgs().toArray(ConstantDesc[]::new);
        for (int i = 0; i < arguments.length; i++) {
            var removed = reference(arguments[i]);
            if (removed.isPresent()) {
                arguments[i] = MethodHandleDesc.ofMethod(
                        DirectMethodHandleDesc.Kind.STATIC,
                        equivalents(removed.get(), false),
                        removed.get().name(),
                        MethodTypeDesc.ofDescriptor(removed.get().staticDescriptor()));
                if (type.parameterCount() > 0) {
                    type = type.changeParameterType(
                            0, ClassDesc.ofInternalName(removed.get().home()));
                }
            }
        }
        return DynamicCallSiteDesc.of(call.bootstrapMethod(), call.name().stringValue(), type, arguments);
    }

    private static void replace(CodeBuilder builder, CodeElement element) {
        if (element instanceof InvokeDynamicInstruction dynamic
                && dynamic.bootstrapArgs().stream()
                        .anyMatch(argument -> reference(argument).isPresent())) {
            builder.invokedynamic(replace(dynamic));
            return;
        }
        if (!(element instanceof InvokeInstruction call) || !isRemoved(call)) {
            builder.with(element);
            return;
        }
        var removed = RemovedMethod.of(
                call.owner().asInternalName(),
                call.name().stringValue(),
                call.type().stringValue());
        if (removed.isPresent()) {
            builder.invokestatic(
                    equivalents(removed.get(), call.opcode() == Opcode.INVOKESPECIAL),
                    removed.get().name(),
                    MethodTypeDesc.ofDescriptor(removed.get().staticDescriptor()));
        } else {
            construct(builder, call.type().stringValue());
        }
    }

    private static ClassDesc equivalents(RemovedMethod removed, boolean ofSuper) {
        if (removed.isOfPages()) {
            return ofSuper ? PAGE_DEFAULTS : PAGE_CALLS;
        }
        return ofSuper ? DEFAULTS : CALLS;
    }

    /** The servlet that is unavailable is no longer a parameter, and the others have changed places. */
    private static void construct(CodeBuilder builder, String descriptor) {
        builder.swap().pop();
        if (descriptor.equals(FOR_GOOD)) {
            builder.invokespecial(UNAVAILABLE, ConstantDescs.INIT_NAME, UNAVAILABLE_FOR_GOOD);
        } else {
            builder.swap().invokespecial(UNAVAILABLE, ConstantDescs.INIT_NAME, UNAVAILABLE_FOR_A_TIME);
        }
    }
}
