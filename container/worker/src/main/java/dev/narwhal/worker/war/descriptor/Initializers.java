package dev.narwhal.worker.war.descriptor;

import dev.narwhal.worker.war.WarException;
import dev.narwhal.worker.war.WebApp.Initializer;
import dev.narwhal.worker.war.WebApp.Initializer.Origin;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.annotation.HandlesTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Type;

/**
 * Finds the {@code ServletContainerInitializer}s, first the server's, then those of shared libraries and then the application's, and what they
 * handle in the application (Servlet 6.1 §8.2.4).
 */
final class Initializers {

    private static final String SERVICE = "META-INF/services/" + ServletContainerInitializer.class.getName();
    private static final DotName HANDLES_TYPES = DotName.createSimple(HandlesTypes.class);
    private static final DotName INHERITED = DotName.createSimple("java.lang.annotation.Inherited");
    private static final Set<AnnotationTarget.Kind> TARGETS =
            Set.of(AnnotationTarget.Kind.CLASS, AnnotationTarget.Kind.FIELD, AnnotationTarget.Kind.METHOD);

    // The server's own logging: it is none of the application's business when it starts and stops.
    private static final String LOGGING = "ch.qos.logback.";

    /** Of a JSP engine in the WAR: the server's own is there already, and both would keep their state in the same attributes. */
    private static final String JASPER = "org.apache.jasper.servlet.JasperInitializer";

    private final WarFiles war;
    private final ClassIndex index;
    private final Collection<ClassInfo> candidates;

    /**
     * Looks at an application.
     *
     * @param parts {@code WEB-INF/classes} and the JARs that take part, in order
     */
    Initializers(WarFiles war, ClassIndex index, Collection<Path> parts) {
        this.war = war;
        this.index = index;
        this.candidates = index.classesIn(parts);
    }

    /**
     * All, in the order in which they are called.
     *
     * @param shared directories and JARs that other applications see too
     */
    List<Initializer> find(List<Path> shared, Collection<Path> parts, ClassLoader server)
            throws WarException, IOException {
        var initializers = new ArrayList<>(ServiceLoader.load(ServletContainerInitializer.class, server).stream()
                .map(provider -> provider.type())
                .filter(type -> !type.getName().startsWith(LOGGING))
                .map(this::fromServer)
                .toList());
        var names = new LinkedHashSet<String>();
        for (var part : Stream.concat(shared.stream(), parts.stream()).toList()) {
            for (var name : services(part)) {
                if (!name.equals(JASPER) && names.add(name)) {
                    initializers.add(fromWar(name, part));
                }
            }
        }
        return initializers;
    }

    private Initializer fromServer(Class<?> type) {
        var annotation = type.getAnnotation(HandlesTypes.class);
        var types = annotation == null ? Stream.<Class<?>>empty() : Arrays.stream(annotation.value());
        return new Initializer(
                type.getName(),
                Origin.SERVER,
                handledByServer(
                        types.map(each -> DotName.createSimple(each.getName())).toList()));
    }

    /**
     * What a JAR has that does not take part is not deployed, but the application may use it: it gets what the initializer provides, which is told of
     * the type itself.
     */
    private List<String> handledByServer(List<DotName> types) {
        var handled = handled(types);
        return handled.isEmpty()
                        && !handled(types, index.classesIn(index.parts())).isEmpty()
                ? List.of(types.getFirst().toString())
                : handled;
    }

    private Initializer fromWar(String name, Path part) throws WarException {
        var type = index.find(DotName.createSimple(name));
        if (type.isEmpty()) {
            throw new WarException("looking for initializers in " + war.within(part) + ": " + SERVICE + " names " + name
                    + ", which is not in the WAR. Add the JAR that has it, or remove the line.");
        }
        var annotation = type.get().declaredAnnotation(HANDLES_TYPES);
        var types = annotation == null || annotation.value() == null
                ? List.<DotName>of()
                : Stream.of(annotation.value().asClassArray()).map(Type::name).toList();
        return new Initializer(name, Origin.WAR, handled(types));
    }

    private List<String> handled(List<DotName> types) {
        return handled(types, candidates);
    }

    private List<String> handled(List<DotName> types, Collection<ClassInfo> among) {
        if (types.isEmpty()) {
            return List.of();
        }
        var wanted = new HashSet<>(types);
        var inherited = new HashSet<>(types.stream().filter(this::isInherited).toList());
        return among.stream()
                .filter(type -> !wanted.contains(type.name()))
                .filter(type -> extendsOne(type, wanted) || hasOne(type, wanted) || inheritsOne(type, inherited))
                .map(type -> type.name().toString())
                .toList();
    }

    private boolean extendsOne(ClassInfo type, Set<DotName> wanted) {
        return index.supertypes(type).stream().anyMatch(wanted::contains);
    }

    private static boolean hasOne(ClassInfo type, Set<DotName> annotations) {
        return type.annotationsMap().entrySet().stream()
                .filter(entry -> annotations.contains(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .anyMatch(annotation -> TARGETS.contains(annotation.target().kind()));
    }

    private boolean inheritsOne(ClassInfo type, Set<DotName> annotations) {
        return !annotations.isEmpty()
                && index.superclasses(type).stream()
                        .flatMap(each -> each.declaredAnnotations().stream())
                        .anyMatch(annotation -> annotations.contains(annotation.name()));
    }

    private boolean isInherited(DotName annotation) {
        return index.find(annotation)
                .map(type -> type.declaredAnnotation(INHERITED) != null)
                .orElse(false);
    }

    /** The lines of the service file of a directory or JAR, without comments. */
    private static List<String> services(Path part) throws IOException {
        if (Files.isDirectory(part)) {
            var file = part.resolve(SERVICE);
            return Files.isRegularFile(file) ? lines(Files.readString(file)) : List.of();
        }
        try (var zip = new ZipFile(part.toFile())) {
            var entry = zip.getEntry(SERVICE);
            if (entry == null) {
                return List.of();
            }
            try (var in = zip.getInputStream(entry)) {
                return lines(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> line.indexOf('#') < 0 ? line : line.substring(0, line.indexOf('#')))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
