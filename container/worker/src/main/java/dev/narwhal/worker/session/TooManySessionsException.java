package dev.narwhal.worker.session;

/** An application has as many sessions as it may have. For the application itself, as Tomcat has it. */
public final class TooManySessionsException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    TooManySessionsException(String message) {
        super(message);
    }
}
