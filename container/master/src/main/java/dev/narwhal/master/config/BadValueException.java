package dev.narwhal.master.config;

/** A text that is not a value of its setting. The message is a whole sentence or two for the operator, without the source. */
public final class BadValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadValueException(String message) {
        super(message);
    }
}
