package dev.narwhal.migration;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the classes of an application extend, after the migration: needed for the stack maps of methods that are changed. Any thread.
 */
final class Hierarchy implements ClassHierarchyResolver {

    /** What is nowhere is taken for one, too: the verifier does not look into it. */
    private static final String INTERFACE = "interface";
    /** Of {@code Object} alone. */
    private static final String NOTHING = "nothing";

    private final AppClasses classes;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    Hierarchy(AppClasses classes) {
        this.classes = classes;
    }

    @Override
    public ClassHierarchyInfo getClassInfo(ClassDesc type) {
        var answer = answer(internalName(type));
        return answer.equals(INTERFACE)
                ? ClassHierarchyInfo.ofInterface()
                : ClassHierarchyInfo.ofClass(answer.equals(NOTHING) ? null : ClassDesc.ofInternalName(answer));
    }

    static String internalName(ClassDesc type) {
        var descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1);
    }

    /**
     * What is said of a class, in a word: the name of the one above it, or that it is an interface.
     *
     * @param name with slashes
     */
    String answer(String name) {
        return known.computeIfAbsent(name, this::find);
    }

    private String find(String name) {
        return read(name)
                .flatMap(ServletApi::parse)
                .filter(type -> !extendsItself(type))
                .map(Hierarchy::above)
                .orElse(INTERFACE);
    }

    /** Broken archives have such classes, and nobody who looks for a common ancestor comes back from them. */
    private boolean extendsItself(ClassModel type) {
        var seen = new HashSet<String>();
        Optional<ClassModel> next = Optional.of(type);
        while (next.isPresent()) {
            if (!seen.add(next.get().thisClass().asInternalName())) {
                return true;
            }
            next = next.get()
                    .superclass()
                    .flatMap(above -> read(Names.convert(above.asInternalName())))
                    .flatMap(ServletApi::parse);
        }
        return false;
    }

    /** The application's own first, as it was called before; then what the server or the JDK has. */
    private Optional<byte[]> read(String name) {
        try {
            var own = classes.find(name)
                    .or(() -> name.startsWith(ServletApi.JAKARTA.word()) ? findOld(name) : Optional.empty());
            return own.isPresent() ? own : outside(name);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> findOld(String name) {
        try {
            return classes.find(ServletApi.JAVAX.word()
                    + name.substring(ServletApi.JAKARTA.word().length()));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> outside(String name) throws IOException {
        try (InputStream in = Hierarchy.class.getClassLoader().getResourceAsStream(name + ".class")) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        }
    }

    private static String above(ClassModel type) {
        if (type.flags().has(AccessFlag.INTERFACE)) {
            return INTERFACE;
        }
        return type.superclass()
                .map(entry -> Names.convert(entry.asInternalName()))
                .orElse(NOTHING);
    }
}
