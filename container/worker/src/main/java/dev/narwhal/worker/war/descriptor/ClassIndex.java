package dev.narwhal.worker.war.descriptor;

import dev.narwhal.worker.war.WarException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;

/**
 * What the class files of an application say, without loading any class.
 *
 * <p>Types of the JDK and of the Jakarta APIs are looked up as they are needed: a class that extends {@code HttpServlet} is a
 * {@code Servlet} only because of what {@code HttpServlet} extends.
 */
final class ClassIndex {

    private final Map<Path, Index> parts;
    private final ClassLoader server;
    private final Map<DotName, Optional<ClassInfo>> found = new HashMap<>();
    private final Map<DotName, Set<DotName>> supertypes = new HashMap<>();

    private ClassIndex(Map<Path, Index> parts, ClassLoader server) {
        this.parts = parts;
        this.server = server;
    }

    /**
     * Reads all classes of an application, with as many threads as there are cores.
     *
     * @param server the loader that has the JDK, the Jakarta APIs and the shared libraries, and nothing else
     * @param warnings where to tell of class files that cannot be read
     */
    static ClassIndex of(WarFiles war, ClassLoader server, Consumer<String> warnings) throws WarException, IOException {
        var scans = new LinkedHashMap<Path, Future<Scan>>();
        try (var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            war.classes().ifPresent(classes -> scans.put(classes, threads.submit(() -> Scan.of(war, classes))));
            war.jars().forEach(jar -> scans.put(jar, threads.submit(() -> Scan.of(war, jar))));
            var parts = new LinkedHashMap<Path, Index>();
            for (var scan : scans.entrySet()) { // in their order, whichever is the first to be read
                var read = await(scan.getValue());
                read.warnings().forEach(warnings);
                parts.put(scan.getKey(), read.index());
            }
            return new ClassIndex(parts, server);
        }
    }

    /** What was read of one part. */
    private record Scan(Index index, List<String> warnings) {

        static Scan of(WarFiles war, Path part) throws WarException, IOException {
            var warnings = new ArrayList<String>();
            var scanner = new ClassScanner(war, warnings::add);
            return new Scan(Files.isDirectory(part) ? scanner.directory(part) : scanner.jar(part), warnings);
        }
    }

    private static Scan await(Future<Scan> scan) throws WarException, IOException {
        try {
            return scan.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading classes", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case WarException wrong -> throw wrong;
                case IOException io -> throw io;
                case RuntimeException runtime -> throw runtime;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** The classes in one directory or JAR, by name. */
    List<ClassInfo> classesIn(Path part) {
        var index = Objects.requireNonNull(parts.get(part));
        return index.getKnownClasses().stream()
                .sorted(Comparator.comparing(ClassInfo::name))
                .toList();
    }

    /** Of those that take part and of those that a descriptor leaves out. */
    Set<Path> parts() {
        return parts.keySet();
    }

    /** The classes of several parts, each name once. */
    Collection<ClassInfo> classesIn(Collection<Path> some) {
        var classes = new LinkedHashMap<DotName, ClassInfo>();
        some.forEach(part -> classesIn(part).forEach(type -> classes.putIfAbsent(type.name(), type)));
        return classes.values();
    }

    /** Whether the application will find that class. */
    boolean has(String className) {
        return find(DotName.createSimple(className)).isPresent();
    }

    /** A class of the application, of the JDK or of the APIs that the server provides. */
    Optional<ClassInfo> find(DotName name) {
        var known = found.get(name);
        if (known == null) {
            known = parts.values().stream()
                    .map(index -> Optional.ofNullable(index.getClassByName(name)))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .or(() -> outside(name));
            found.put(name, known);
        }
        return known;
    }

    private Optional<ClassInfo> outside(DotName name) {
        var resource = name.toString().replace('.', '/') + ".class";
        var loader = resource.startsWith("java/") ? ClassLoader.getPlatformClassLoader() : server;
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                return Optional.empty();
            }
            var indexer = new Indexer();
            ClassScanner.index(indexer, in.readAllBytes());
            return Optional.ofNullable(indexer.complete().getClassByName(name));
        } catch (IOException | RuntimeException _) {
            return Optional.empty(); // as good as missing: Servlet 6.1 §8.2.4 says to go on
        }
    }

    /** Everything that a class extends or implements, directly or not, without itself; what is missing ends the search there. */
    Set<DotName> supertypes(ClassInfo type) {
        var known = supertypes.get(type.name());
        if (known != null) {
            return known;
        }
        var all = new LinkedHashSet<DotName>();
        supertypes.put(type.name(), all); // a class that extends itself exists in broken archives
        for (var direct : direct(type)) {
            all.add(direct);
            find(direct).ifPresent(info -> all.addAll(supertypes(info)));
        }
        return all;
    }

    /** The superclasses that are known, nearest first. */
    List<ClassInfo> superclasses(ClassInfo type) {
        var classes = new ArrayList<ClassInfo>();
        var next = superclass(type);
        while (next.isPresent() && !classes.contains(next.get())) {
            classes.add(next.get());
            next = superclass(next.get());
        }
        return classes;
    }

    private Optional<ClassInfo> superclass(ClassInfo type) {
        return type.superName() == null ? Optional.empty() : find(type.superName());
    }

    private static List<DotName> direct(ClassInfo type) {
        var names = new ArrayList<DotName>(type.interfaceNames());
        if (type.superName() != null) {
            names.add(type.superName());
        }
        return names;
    }
}
