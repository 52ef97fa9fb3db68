package dev.narwhal.naming;

/** A resource that cannot be made as it is configured. The message is for the operator. */
final class ResourceException extends Exception {

    private static final long serialVersionUID = 1L;

    ResourceException(String message) {
        super(message);
    }

    ResourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
