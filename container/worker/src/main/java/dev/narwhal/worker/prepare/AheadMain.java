package dev.narwhal.worker.prepare;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.PrepareSpec;
import dev.narwhal.contract.PreparedWar;
import dev.narwhal.worker.feature.Pages;
import dev.narwhal.worker.war.PreparedApp;
import dev.narwhal.worker.war.SharedLibraries;
import dev.narwhal.worker.war.WarException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The process behind {@code narwhal prepare}: prepares now, and compiles pages if asked. What it did goes to standard output, what is wrong to
 * standard error as {@code narwhal: ...}.
 *
 * <pre>
 * pages=true|false war=CONTEXT=PATH ... cache=DIR log-level=LEVEL
 * </pre>
 */
public final class AheadMain {

    private AheadMain() {}

    /**
     * Prepares every application.
     *
     * @param arguments as above
     */
    public static void main(String[] arguments) {
        PrepareMain.endWithParent();
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), out, System.err).status());
    }

    static ExitCode run(List<String> arguments, PrintStream out, PrintStream err) {
        var words = new ArrayList<>(arguments);
        words.add("report=2"); // nobody reads messages here
        var spec = PrepareSpec.ofArguments(words);
        PrepareMain.logAt(spec.logLevel());
        try {
            var preparer = PrepareMain.preparer(spec, new InspectMain.Warnings(err));
            var code = ExitCode.OK;
            for (var war : spec.wars()) {
                long start = System.nanoTime();
                var prepared = preparer.prepare(war.path(), war.contextPath());
                out.printf(
                        "prepared %s in %d ms%s: %s%n",
                        prepared.name(),
                        millisSince(start),
                        prepared.reused() ? " (unchanged, from the cache)" : "",
                        prepared.directory());
                if (words.contains("pages=true") && !compile(prepared, spec.libraries(), out, err)) {
                    code = ExitCode.DEPLOY;
                }
            }
            return code;
        } catch (WarException | IOException | RuntimeException e) {
            return InspectMain.failed(e, spec.logLevel(), err);
        }
    }

    /** Whether all pages are good. */
    private static boolean compile(PreparedWar war, List<Path> libraries, PrintStream out, PrintStream err)
            throws WarException, IOException {
        var server = AheadMain.class.getClassLoader();
        var app = PreparedApp.load(war.directory());
        long start = System.nanoTime();
        int pages = 0;
        int bad = 0;
        var problems = new ArrayList<Pages.Problem>();
        var shared = SharedLibraries.load(libraries, server);
        try (var classLoader = app.classLoader(server, shared)) {
            for (var engine : ServiceLoader.load(Pages.class, server)) {
                var outcome = engine.compile(app, classLoader, _ -> {});
                pages += outcome.pages();
                bad += outcome.failed();
                problems.addAll(outcome.problems());
            }
        }
        for (var problem : problems) {
            err.println("narwhal: compiling " + problem.text());
            problem.excerpt().forEach(line -> err.println("    " + line));
        }
        out.printf("compiled %d pages of %s in %d ms%n", pages - bad, war.name(), millisSince(start));
        if (bad > 0) {
            err.printf("narwhal: %d of %d pages of %s cannot be compiled. Correct them.%n", bad, pages, war.name());
        }
        return bad == 0;
    }

    private static long millisSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }
}
