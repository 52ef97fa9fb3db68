package dev.narwhal.worker.check;

import dev.narwhal.worker.war.WebAppClassLoader;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the application will find when it runs: its own classes, the operator's libraries, the server's APIs and the JDK. Loads none of them. */
final class Types {

    /** What can be said of a type without running it. */
    enum Serializability {
        YES,
        NO,
        UNKNOWN
    }

    private record Shape(boolean isInterface, List<String> supertypes) {}

    private final Set<String> own = new HashSet<>();
    private final WebAppClassLoader loader;
    private final Map<String, Boolean> found = new HashMap<>();
    private final Map<String, Optional<Shape>> shapes = new HashMap<>();

    Types(List<Part> parts, WebAppClassLoader loader) {
        parts.forEach(part -> own.addAll(part.classes().keySet()));
        this.loader = loader;
    }

    boolean exists(String className) {
        return own.contains(className)
                || found.computeIfAbsent(
                        className, name -> loader.classFile(name).isPresent());
    }

    /** Whether the application brings it. */
    boolean isBrought(String className) {
        return own.contains(className);
    }

    /** Whether it is an interface; false also if that is unknown. */
    boolean isInterface(String className) {
        return shape(className).map(Shape::isInterface).orElse(false);
    }

    Serializability serializability(String className) {
        return serializability(className, new HashSet<>());
    }

    private Serializability serializability(String className, Set<String> seen) {
        if (className.equals("java.io.Serializable")) {
            return Serializability.YES;
        }
        if (!seen.add(className)) {
            return Serializability.NO;
        }
        var shape = shape(className);
        if (shape.isEmpty()) {
            return Serializability.UNKNOWN;
        }
        var result = Serializability.NO;
        for (var supertype : shape.get().supertypes()) {
            switch (serializability(supertype, seen)) {
                case YES -> {
                    return Serializability.YES;
                }
                case UNKNOWN -> result = Serializability.UNKNOWN;
                case NO -> {}
            }
        }
        return result;
    }

    private Optional<Shape> shape(String className) {
        var known = shapes.get(className);
        if (known == null) {
            known = read(className);
            shapes.put(className, known);
        }
        return known;
    }

    private Optional<Shape> read(String className) {
        var file = loader.classFile(className);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (var in = file.get().openStream()) {
            return Optional.of(shape(ClassFile.of().parse(in.readAllBytes())));
        } catch (IOException | IllegalArgumentException _) {
            return Optional.empty(); // as good as missing
        }
    }

    private static Shape shape(ClassModel model) {
        var supertypes = new ArrayList<String>();
        Stream.concat(model.superclass().stream(), model.interfaces().stream())
                .map(ClassEntry::asInternalName)
                .map(name -> name.replace('/', '.'))
                .forEach(supertypes::add);
        return new Shape(model.flags().has(AccessFlag.INTERFACE), supertypes);
    }
}
