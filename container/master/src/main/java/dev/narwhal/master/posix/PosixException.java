package dev.narwhal.master.posix;

import java.io.IOException;

/** A system call failed: {@code bind: EADDRINUSE (Address already in use)}. */
public final class PosixException extends IOException {

    private static final long serialVersionUID = 1;

    private final String call;
    private final int number;
    private final String errno;
    private final String text;

    PosixException(String call, int number) {
        this(call, number, ErrnoText.name(number), ErrnoText.text(number));
    }

    private PosixException(String call, int number, String errno, String text) {
        super(call + ": " + errno + " (" + text + ")");
        this.call = call;
        this.number = number;
        this.errno = errno;
        this.text = text;
    }

    /** The name of the function that failed. */
    public String call() {
        return call;
    }

    int number() {
        return number;
    }

    /** The symbolic name, such as {@code EADDRINUSE}. */
    public String errno() {
        return errno;
    }

    /** What the C library says to it, such as {@code Address already in use}; always English. */
    public String text() {
        return text;
    }
}
