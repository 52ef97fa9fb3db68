package dev.narwhal.worker.prepare;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.PrepareSpec;
import dev.narwhal.contract.PreparedWar;
import dev.narwhal.worker.war.PreparedApp;
import dev.narwhal.worker.war.WarException;
import dev.narwhal.worker.war.WebAppJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The process behind {@code narwhal inspect}: prints what would be deployed, on standard output; mistakes go to standard error as
 * {@code narwhal: ...}.
 *
 * <pre>
 * format=text|json war=CONTEXT=PATH ... cache=DIR log-level=LEVEL library=PATH ... resource=NAME ...
 * </pre>
 */
public final class InspectMain {

    private InspectMain() {}

    /**
     * Prints every application.
     *
     * @param arguments as above
     */
    public static void main(String[] arguments) {
        PrepareMain.endWithParent();
        // UTF-8 whatever the locale says, because JSON is.
        var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), out, System.err).status());
    }

    static ExitCode run(List<String> arguments, PrintStream out, PrintStream err) {
        var words = new ArrayList<>(arguments);
        words.add("report=2"); // nobody reads messages here
        var spec = PrepareSpec.ofArguments(words);
        PrepareMain.logAt(spec.logLevel());
        boolean json = words.contains("format=json");
        try {
            var preparer = PrepareMain.preparer(spec, new Warnings(err));
            for (var war : spec.wars()) {
                print(preparer.prepare(war.path(), war.contextPath()), json, spec.resources(), out);
            }
            out.flush();
            return ExitCode.OK;
        } catch (WarException | IOException | RuntimeException e) {
            return failed(e, spec.logLevel(), err);
        }
    }

    static ExitCode failed(Exception e, String logLevel, PrintStream err) {
        var code = PrepareMain.exitCode(e);
        err.println("narwhal: " + PrepareMain.reason(e));
        if (code == ExitCode.BUG || logLevel.equals("debug") || logLevel.equals("trace")) {
            err.print(PrepareMain.stackTrace(e));
        }
        return code;
    }

    private static void print(PreparedWar war, boolean json, List<String> resources, PrintStream out)
            throws WarException {
        var app = PreparedApp.load(war.directory());
        if (json) {
            out.println(new WebAppJson(app.directory()).write(app.webApp().masked()));
        } else {
            out.print(new WebAppText(war, app.webApp(), resources).text());
        }
    }

    /** Shows warnings and nothing else. */
    record Warnings(PrintStream err) implements Report {
        @Override
        public void progress(String what) {
            // what is printed here may be read by a program
        }

        @Override
        public void warning(String text) {
            err.println("narwhal: warning: " + text);
        }
    }
}
