package dev.narwhal.migration;

import dev.narwhal.worker.migration.Kept;
import dev.narwhal.worker.migration.Migration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Migrates applications with as many threads as there are cores. */
public final class JakartaMigration implements Migration {

    /** For {@link java.util.ServiceLoader}. */
    public JakartaMigration() {}

    @Override
    public boolean isNeeded(Path app) throws IOException {
        return Evidence.saysJavax(app);
    }

    @Override
    public void migrate(Path app, String name, Kept kept, Consumer<String> progress, Consumer<String> warnings)
            throws IOException {
        Queue<String> problems = new ConcurrentLinkedQueue<>();
        try (var classes = AppClasses.open(app)) {
            var hierarchy = new Hierarchy(classes);
            var files = new FileMigration(new Linker(hierarchy), problems::add);
            var keptJars = new KeptJars(kept);
            keptJars.deleteUnused();
            var jars = AppClasses.jarsOf(app);
            var others = othersOf(app); // before the first JAR has its new form beside it
            try (var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
                var started = new ArrayList<Future<?>>();
                for (var jar : jars) {
                    var where = jar.getFileName() + " of " + name;
                    started.add(threads.submit(migrateJar(keptJars, hierarchy, jar, where, problems)));
                }
                started.add(threads.submit(() -> {
                    migrateFiles(files, app, others, name);
                    return true;
                }));
                await(started, progress);
            }
            LegacyJar.write(app);
        }
        problems.forEach(warnings);
    }

    private static Callable<Boolean> migrateJar(
            KeptJars keptJars, Hierarchy hierarchy, Path jar, String where, Queue<String> problems) {
        return () -> {
            var key = keptJars.key(jar);
            if (keptJars.use(jar, key, hierarchy)) {
                return true;
            }
            var questions = new Questions(hierarchy);
            var warnings = new ArrayList<String>();
            var files = new FileMigration(new Linker(questions), warnings::add);
            boolean changed = new JarMigration(files).migrate(jar, where);
            if (warnings.isEmpty()) { // they name the application
                keptJars.keep(jar, key, changed, questions.answers());
            }
            problems.addAll(warnings);
            return changed;
        };
    }

    private static void await(List<Future<?>> started, Consumer<String> progress) throws IOException {
        try {
            for (int i = 0; i < started.size(); i++) {
                started.get(i).get();
                progress.accept((i + 1) + " of " + started.size() + " JARs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while migrating", e);
        } catch (ExecutionException e) {
            started.forEach(future -> future.cancel(false));
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException defect -> throw defect;
                case null, default -> throw new IllegalStateException("migrating", e);
            }
        }
    }

    /** All that is not a JAR of {@code WEB-INF/lib}. */
    private static List<Path> othersOf(Path app) throws IOException {
        var lib = app.resolve("WEB-INF/lib");
        try (var walk = Files.walk(app)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file ->
                            !(lib.equals(file.getParent()) && file.toString().endsWith(".jar")))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void migrateFiles(FileMigration files, Path app, List<Path> others, String name) throws IOException {
        for (var file : others) {
            var path = app.relativize(file).toString();
            if (FileMigration.isArchive(path)) {
                new JarMigration(files).migrate(file, path + " of " + name);
            } else if (mayBeChanged(path) && Files.size(file) < AppClasses.MOST_BYTES) {
                var changed = files.migrate(path, Files.readAllBytes(file), name);
                if (changed.isPresent()) {
                    replace(file, changed.get());
                }
            }
            rename(app, path);
        }
    }

    /** A copy of a file that is read-only is one too, so it is replaced and not written. */
    private static void replace(Path file, byte[] content) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".part");
        Files.write(fresh, content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Nothing else is, and it may be large: pictures, films. */
    private static boolean mayBeChanged(String path) {
        return path.startsWith("WEB-INF/") || path.startsWith("META-INF/") || FileMigration.isText(path);
    }

    /** Only what is loaded as a class or a resource; what is served keeps its address. */
    private static void rename(Path app, String path) throws IOException {
        var name = Names.convert(path);
        if (path.startsWith("WEB-INF/classes/") && !name.equals(path)) {
            var target = app.resolve(name);
            Files.createDirectories(target.getParent());
            if (!Files.exists(target)) {
                Files.move(app.resolve(path), target);
            }
        }
    }
}
