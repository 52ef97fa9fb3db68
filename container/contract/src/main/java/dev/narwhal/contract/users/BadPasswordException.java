package dev.narwhal.contract.users;

/** A stored password that cannot be used. The message says what is wrong without repeating the value. */
public final class BadPasswordException extends Exception {

    private static final long serialVersionUID = 1L;

    BadPasswordException(String message) {
        super(message);
    }
}
