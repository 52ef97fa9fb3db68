package dev.narwhal.bench;

/** A mistake on the command line; the message is for whoever typed it. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
