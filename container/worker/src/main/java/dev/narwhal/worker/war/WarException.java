package dev.narwhal.worker.war;

import dev.narwhal.contract.ExitCode;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a web application, in one line for the operator; the stack trace is for {@code --log-level debug} only.
 */
public final class WarException extends Exception {

    private static final long serialVersionUID = 1;

    private final ExitCode exitCode;

    /** The application cannot be deployed as it is. */
    public WarException(String message) {
        super(message);
        this.exitCode = ExitCode.DEPLOY;
    }

    /** The application cannot be deployed as it is. */
    public WarException(String message, Throwable cause) {
        super(message, cause);
        this.exitCode = ExitCode.DEPLOY;
    }

    public WarException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
