package dev.narwhal.worker.security;

/** Nobody can say now who a user is, so nobody is let in: the request is answered 503. The operator has been told. */
public final class RealmException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RealmException(String message, Throwable cause) {
        super(message, cause);
    }
}
