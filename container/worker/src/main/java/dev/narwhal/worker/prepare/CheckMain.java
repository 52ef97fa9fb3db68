package dev.narwhal.worker.prepare;

import dev.narwhal.contract.CheckSpec;
import dev.narwhal.contract.ExitCode;
import dev.narwhal.worker.check.Check;
import dev.narwhal.worker.war.Naming;
import dev.narwhal.worker.war.PreparedApp;
import dev.narwhal.worker.war.WarException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The process behind {@code narwhal check}, after a throw-away worker has deployed the application: a {@link CheckSpec} on the command line, the report
 * on standard output, mistakes on standard error as {@code narwhal: ...}.
 */
public final class CheckMain {

    private CheckMain() {}

    /**
     * Reads the application and prints the report.
     *
     * @param arguments as {@link CheckSpec#toArguments} writes them
     */
    public static void main(String[] arguments) {
        PrepareMain.endWithParent();
        // UTF-8 whatever the locale says, because JSON is.
        var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        System.exit(
                run(CheckSpec.ofArguments(List.of(arguments)), out, System.err).status());
    }

    static ExitCode run(CheckSpec spec, PrintStream out, PrintStream err) {
        var prepare = spec.prepare();
        PrepareMain.logAt(prepare.logLevel());
        try {
            var warnings = new Warnings(new ArrayList<>());
            var war = prepare.wars().getFirst();
            var prepared = PrepareMain.preparer(prepare, warnings).prepare(war.path(), war.contextPath());
            var subject = new Check.Subject(
                    prepared.name(),
                    PreparedApp.load(prepared.directory()),
                    prepared.migrated(),
                    prepared.nativeCode(),
                    warnings.texts(),
                    prepare.libraries(),
                    prepare.resources(),
                    switch (spec.deployment()) {
                        case CheckSpec.Deployment.Ready(long millis) -> new Check.Deployment.Ready(millis);
                        case CheckSpec.Deployment.Failed(String reason) -> new Check.Deployment.Failed(reason);
                    });
            var report = Check.of(subject, CheckMain.class.getClassLoader());
            out.print(spec.json() ? report.json() + "\n" : report.text());
            out.flush();
            return report.hasProblems() ? ExitCode.FINDINGS : ExitCode.OK;
        } catch (WarException | IOException | RuntimeException e) {
            return InspectMain.failed(e, prepare.logLevel(), err);
        }
    }

    /** Keeps warnings; what is not provided is a finding of its own. */
    private record Warnings(List<String> texts) implements Report {
        @Override
        public void progress(String what) {
            // what is printed here may be read by a program
        }

        @Override
        public void warning(String text) {
            texts.add(text);
        }

        @Override
        public void unprovided(String war, Naming.ResourceRef ref, String key) {
            // found again by the check
        }
    }
}
