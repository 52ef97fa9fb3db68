package dev.narwhal.worker.prepare;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.Parent;
import dev.narwhal.contract.PrepareMessage;
import dev.narwhal.contract.PrepareSpec;
import dev.narwhal.worker.migration.Migration;
import dev.narwhal.worker.war.SharedLibraries;
import dev.narwhal.worker.war.WarException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import org.slf4j.LoggerFactory;

/**
 * The process that prepares applications for the master: a {@link PrepareSpec} on the command line, {@link PrepareMessage}s on
 * the inherited file descriptor, an {@link ExitCode} at the end.
 */
public final class PrepareMain {

    private PrepareMain() {}

    /**
     * Prepares the applications in order and stops at the first that fails.
     *
     * @param arguments as {@link PrepareSpec#toArguments} writes them
     */
    public static void main(String[] arguments) throws IOException {
        endWithParent();
        var spec = PrepareSpec.ofArguments(List.of(arguments));
        logAt(spec.logLevel());
        // to append: nothing is cut off should the descriptor be that of a file
        try (var out = new FileOutputStream("/proc/self/fd/" + spec.report(), true)) {
            System.exit(run(spec, new Messages(out)).status());
        }
    }

    /** What is done here is for nobody then. A cache takes only what is complete. */
    static void endWithParent() {
        Parent.watch(System.in, () -> Runtime.getRuntime().halt(ExitCode.SYSTEM.status()));
    }

    static void logAt(String level) {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.toLevel(level));
        }
    }

    private static ExitCode run(PrepareSpec spec, Messages messages) {
        try {
            var preparer = preparer(spec, messages);
            for (var war : spec.wars()) {
                messages.send(new PrepareMessage.Prepared(preparer.prepare(war.path(), war.contextPath())));
            }
            return ExitCode.OK;
        } catch (WarException | IOException | RuntimeException e) {
            var code = exitCode(e);
            messages.send(new PrepareMessage.Failed(code, reason(e), stackTrace(e)));
            return code;
        }
    }

    static Preparer preparer(PrepareSpec spec, Report report) throws WarException, IOException {
        return new Preparer(
                PreparedCache.open(spec.cache(), Instant.now()),
                PrepareMain.class.getClassLoader(),
                spec.migrate() ? ServiceLoader.load(Migration.class).findFirst() : Optional.empty(),
                Digests.server(System.getProperty("java.class.path")),
                SharedLibraries.classPath(spec.libraries()),
                spec.resources(),
                report);
    }

    static ExitCode exitCode(Exception e) {
        return switch (e) {
            case WarException war -> war.exitCode();
            case IOException _ -> ExitCode.SYSTEM;
            default -> ExitCode.BUG;
        };
    }

    /** One line for the operator. */
    static String reason(Exception e) {
        var reason = switch (e) {
            case WarException war -> Objects.toString(war.getMessage());
            case FileSystemException file ->
                "preparing: " + file.getFile() + ": "
                        + Objects.requireNonNullElse(
                                file.getReason(), file.getClass().getSimpleName());
            case IOException io -> "preparing: " + Objects.requireNonNullElse(io.getMessage(), io.toString());
            default -> "preparing: a defect of Narwhal (" + e + "). Please report it with the stack trace.";
        };
        return reason.replace('\n', ' ');
    }

    static String stackTrace(Exception e) {
        var text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** Writes messages, each with one write, so that a line is never seen in halves. */
    private static final class Messages implements Report {
        private final OutputStream out;

        Messages(OutputStream out) {
            this.out = out;
        }

        void send(PrepareMessage message) {
            try {
                out.write((message.format() + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("the master does not read any more", e);
            }
        }

        @Override
        public void progress(String what) {
            send(new PrepareMessage.Progress(what));
        }

        @Override
        public void warning(String text) {
            send(new PrepareMessage.Warning(text));
        }
    }
}
