package dev.narwhal.worker.engine;

import dev.narwhal.worker.war.RemovedModule;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Optional;

/** Puts a chain of exceptions into one line: what was thrown, where, and what caused it. */
final class Failure {

    private static final int MOST_CAUSES = 4;

    private Failure() {}

    static String describe(Throwable failure) {
        var parts = new ArrayList<String>();
        Throwable current = failure;
        while (current != null && parts.size() < MOST_CAUSES) {
            if (!isWrapper(current)) {
                parts.add(describeOne(current));
            }
            current = current.getCause();
        }
        return String.join("; caused by ", parts) + removedModule(failure);
    }

    /** What to do about a class that the JDK had in former times. */
    private static String removedModule(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof NoClassDefFoundError || each instanceof ClassNotFoundException) {
                var removed = RemovedModule.of(String.valueOf(each.getMessage()));
                if (removed.isPresent()) {
                    return ". The JDK has " + removed.get().title() + " no more. "
                            + removed.get().remedy();
                }
            }
        }
        return "";
    }

    /** Exceptions that only carry another one tell an operator nothing. */
    private static boolean isWrapper(Throwable failure) {
        var cause = failure.getCause();
        return cause != null
                && (failure instanceof InvocationTargetException
                        || failure.getMessage() == null
                        || failure.getMessage().equals(cause.toString()));
    }

    private static String describeOne(Throwable failure) {
        var place = place(failure)
                .map(frame -> " at %s.%s(%s:%d)"
                        .formatted(
                                frame.getClassName(),
                                frame.getMethodName(),
                                frame.getFileName(),
                                frame.getLineNumber()))
                .orElse("");
        return oneLine(failure.toString()) + place;
    }

    /** The topmost frame that is not the JDK's or the server's. */
    private static Optional<StackTraceElement> place(Throwable failure) {
        for (var frame : failure.getStackTrace()) {
            var name = frame.getClassName();
            if (frame.getModuleName() == null
                    && !name.startsWith("io.undertow.")
                    && !name.startsWith("dev.narwhal.worker.")
                    && !name.startsWith("dev.narwhal.undertow.")
                    && !name.startsWith("jakarta.servlet.")) {
                return Optional.of(frame);
            }
        }
        return Optional.empty();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " | ");
    }
}
