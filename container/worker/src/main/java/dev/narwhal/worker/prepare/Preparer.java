package dev.narwhal.worker.prepare;

import dev.narwhal.contract.PreparedWar;
import dev.narwhal.worker.migration.Migration;
import dev.narwhal.worker.war.Naming;
import dev.narwhal.worker.war.PreparedApp;
import dev.narwhal.worker.war.WarException;
import dev.narwhal.worker.war.WebApp;
import dev.narwhal.worker.war.WebAppJson;
import dev.narwhal.worker.war.descriptor.WarFiles;
import dev.narwhal.worker.war.descriptor.WebAppReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Prepares applications, or finds that they are prepared already. */
final class Preparer {

    /** Changes with the form of what is left in the cache. */
    private static final String FORMAT = "3";

    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|so\\.[0-9.]+|jnilib|dylib|dll)");

    private final PreparedCache cache;
    private final ClassLoader server;
    private final Optional<Migration> migration;
    private final String build;
    private final String salt;
    private final List<Path> libraries;
    private final List<String> resources;
    private final Report report;

    /**
     * Prepares into one cache.
     *
     * @param server the loader that has the Jakarta APIs and the server's own initializers
     * @param migration for what is written for {@code javax.servlet}; empty if that is to be deployed as it is
     * @param build identifies the server
     * @param libraries the class path that every application shares
     * @param resources the names of what the operator provides
     */
    Preparer(
            PreparedCache cache,
            ClassLoader server,
            Optional<Migration> migration,
            String build,
            List<Path> libraries,
            List<String> resources,
            Report report)
            throws IOException {
        this.cache = cache;
        this.server = server;
        this.migration = migration;
        this.build = build + "\0" + Runtime.version().feature();
        this.salt = FORMAT + (migration.isPresent() ? "" : " as it is") + "\0" + build + "\0"
                + Runtime.version().feature() + "\0" + Digests.files(libraries) + "\0" + libraries;
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
        var place = cache.place(source.key(salt, isCopied(source)));
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
                contextPath,
                place,
                source.name(),
                completed.distributable(),
                completed.nativeCode(),
                completed.migrated(),
                reused);
    }

    /** An exploded directory is served in place, unless its files have to be changed. */
    private boolean isCopied(Source source) throws IOException {
        return source.kind() == Source.Kind.DIRECTORY
                && migration.isPresent()
                && migration.get().isNeeded(source.path());
    }

    /** Not kept in the cache: it depends on the configuration. */
    private void warnOfMissing(Source source, WebApp webApp) {
        for (var ref : webApp.naming().unprovided(resources)) {
            var name = Naming.local(ref.lookup().or(ref::mappedName).orElse(ref.name()));
            report.unprovided(source.name(), ref, name);
        }
    }

    /** Fills the place, unless another process is faster; returns whether it was this one. */
    private boolean build(Source source, Path place) throws WarException, IOException {
        var temporary = cache.temporary();
        try {
            var names = new ArrayList<String>();
            var app = temporary.resolve("app");
            switch (source.kind()) {
                case ARCHIVE -> unpack(source, app, names);
                case DIRECTORY -> list(source, names);
            }
            var warnings = new ArrayList<String>();
            boolean migrated = migrate(source, app, warnings);
            var war = WarFiles.of(source.name(), Files.exists(app) ? app : source.path());
            var contents = resources(war, temporary, names);
            report.progress("indexing " + source.name() + " (" + war.jars().size() + " JARs)");
            var webApp = new WebAppReader(war, server, libraries, warnings::add).read(contents);
            Files.writeString(temporary.resolve(PreparedApp.FILE), new WebAppJson(temporary).write(webApp));
            boolean nativeCode =
                    names.stream().anyMatch(name -> NATIVE.matcher(name).matches());
            return cache.publish(
                    temporary,
                    new PreparedCache.Completed(webApp.distributable(), nativeCode, migrated, warnings),
                    place);
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

    private void unpack(Source source, Path target, List<String> names) throws WarException, IOException {
        report.progress("unpacking " + source.name() + " (" + (Files.size(source.path()) >> 10) + " KiB)");
        Files.createDirectory(target);
        new Unpacker(source.name(), Unpacker.Limits.DEFAULT, report).unpack(source.path(), "", target, names::add);
    }

    /** Changes the files in {@code app}, or copies of those of a directory, if they need it. */
    private boolean migrate(Source source, Path app, List<String> warnings) throws WarException, IOException {
        var files = source.kind() == Source.Kind.DIRECTORY ? source.path() : app;
        if (migration.isEmpty() || !migration.get().isNeeded(files)) {
            return false;
        }
        if (!files.equals(app)) {
            copy(files, app);
        }
        report.progress("migrating " + source.name() + " from javax.servlet");
        migration
                .get()
                .migrate(
                        app,
                        source.name(),
                        cache.migrated(build),
                        step -> report.progress("migrating " + source.name() + " (" + step + ")"),
                        warnings::add);
        return true;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void list(Source source, List<String> names) throws IOException {
        var inside = source.path().resolve("WEB-INF");
        if (Files.isDirectory(inside)) {
            try (var files = Files.walk(inside)) {
                files.forEach(file -> names.add(file.toString()));
            }
        }
    }

    /** Unpacks the {@code META-INF/resources} of the JARs, so that they are served like any other file. */
    private Map<Path, Path> resources(WarFiles war, Path temporary, List<String> names)
            throws WarException, IOException {
        var resources = new LinkedHashMap<Path, Path>();
        var limits = Unpacker.Limits.DEFAULT; // of all libraries together
        for (var jar : war.jars()) {
            var file = Objects.toString(jar.getFileName());
            var target = temporary.resolve("resources").resolve(file);
            var unpacker = new Unpacker(file + " of " + war.name(), limits, report);
            int written = unpacker.unpack(jar, "META-INF/resources/", target, names::add);
            limits = limits.after(unpacker);
            if (written > 0) {
                resources.put(jar, target);
            }
        }
        return resources;
    }
}
