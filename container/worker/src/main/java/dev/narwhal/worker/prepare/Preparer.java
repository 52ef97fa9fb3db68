package dev.narwhal.worker.prepare;

import dev.narwhal.contract.PreparedWar;
import dev.narwhal.worker.war.Naming;
import dev.narwhal.worker.war.PreparedApp;
import dev.narwhal.worker.war.WarException;
import dev.narwhal.worker.war.WebApp;
import dev.narwhal.worker.war.WebAppJson;
import dev.narwhal.worker.war.descriptor.WarFiles;
import dev.narwhal.worker.war.descriptor.WebAppReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Prepares applications, or finds that they are prepared already. */
final class Preparer {

    /** Changes with the form of what is left in the cache. */
    private static final String FORMAT = "1";

    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|so\\.[0-9.]+|jnilib|dylib|dll)");

    private final PreparedCache cache;
    private final ClassLoader server;
    private final String salt;
    private final List<Path> libraries;
    private final List<String> resources;
    private final Report report;

    /**
     * Prepares into one cache.
     *
     * @param server the loader that has the Jakarta APIs and the server's own initializers
     * @param build identifies the server
     * @param libraries the class path that every application shares
     * @param resources the names of what the operator provides
     */
    Preparer(
            PreparedCache cache,
            ClassLoader server,
            String build,
            List<Path> libraries,
            List<String> resources,
            Report report)
            throws IOException {
        this.cache = cache;
        this.server = server;
        this.salt = FORMAT + "\0" + build + "\0" + Runtime.version().feature() + "\0" + Digests.files(libraries);
        this.libraries = List.copyOf(libraries);
        this.resources = List.copyOf(resources);
        this.report = report;
    }

    /**
     * Prepares one application. After a failure the cache is as it was.
     *
     * @param contextPath empty for the root, otherwise {@code /name}
     */
    PreparedWar prepare(Path path, String contextPath) throws WarException, IOException {
        var source = Source.of(path);
        report.progress("reading " + source.name());
        var place = cache.place(source.key(salt));
        var known = cache.find(place);
        boolean reused = known.isPresent();
        if (known.isEmpty()) {
            reused = !build(source, place);
            known = cache.find(place);
        }
        var completed = known.orElseThrow(() -> new IllegalStateException(place + " vanished from the cache"));
        completed.warnings().forEach(report::warning);
        warnOfMissing(source, PreparedApp.load(place).webApp());
        return new PreparedWar(
                contextPath, place, source.name(), completed.distributable(), completed.nativeCode(), reused);
    }

    /** Not kept in the cache: it depends on the configuration. */
    private void warnOfMissing(Source source, WebApp webApp) {
        for (var ref : webApp.naming().unprovided(resources)) {
            var name = Naming.local(ref.lookup().or(ref::mappedName).orElse(ref.name()));
            report.warning(
                    "%s wants the resource %s (%s), which nothing provides; looking it up will fail. Add [resources.\"%s\"] to narwhal.toml."
                            .formatted(source.name(), ref.name(), ref.type().orElse("no type"), name));
        }
    }

    /** Fills the place, unless another process is faster; returns whether it was this one. */
    private boolean build(Source source, Path place) throws WarException, IOException {
        var temporary = cache.temporary();
        try {
            var names = new ArrayList<String>();
            var war = switch (source.kind()) {
                case ARCHIVE -> unpack(source, temporary.resolve("app"), names);
                case DIRECTORY -> inPlace(source, names);
            };
            var contents = resources(war, temporary, names);
            report.progress("indexing " + source.name() + " (" + war.jars().size() + " JARs)");
            var warnings = new ArrayList<String>();
            var webApp = new WebAppReader(war, server, libraries, warnings::add).read(contents);
            Files.writeString(temporary.resolve(PreparedApp.FILE), new WebAppJson(temporary).write(webApp));
            boolean nativeCode =
                    names.stream().anyMatch(name -> NATIVE.matcher(name).matches());
            return cache.publish(
                    temporary, new PreparedCache.Completed(webApp.distributable(), nativeCode, warnings), place);
        } catch (WarException | IOException | RuntimeException e) {
            deleteAfter(e, temporary);
            throw e;
        }
    }

    private static void deleteAfter(Exception failure, Path temporary) {
        try {
            if (Files.exists(temporary)) {
                PreparedCache.delete(temporary);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private WarFiles unpack(Source source, Path target, List<String> names) throws WarException, IOException {
        report.progress("unpacking " + source.name() + " (" + (Files.size(source.path()) >> 10) + " KiB)");
        Files.createDirectory(target);
        new Unpacker(source.name(), Unpacker.Limits.DEFAULT, report).unpack(source.path(), "", target, names::add);
        return WarFiles.of(source.name(), target);
    }

    private static WarFiles inPlace(Source source, List<String> names) throws IOException {
        var inside = source.path().resolve("WEB-INF");
        if (Files.isDirectory(inside)) {
            try (var files = Files.walk(inside)) {
                files.forEach(file -> names.add(file.toString()));
            }
        }
        return WarFiles.of(source.name(), source.path());
    }

    /** Unpacks the {@code META-INF/resources} of the JARs, so that they are served like any other file. */
    private Map<Path, Path> resources(WarFiles war, Path temporary, List<String> names)
            throws WarException, IOException {
        var resources = new LinkedHashMap<Path, Path>();
        for (var jar : war.jars()) {
            var file = Objects.toString(jar.getFileName());
            var target = temporary.resolve("resources").resolve(file);
            int written = new Unpacker(file + " of " + war.name(), Unpacker.Limits.DEFAULT, report)
                    .unpack(jar, "META-INF/resources/", target, names::add);
            if (written > 0) {
                resources.put(jar, target);
            }
        }
        return resources;
    }
}
