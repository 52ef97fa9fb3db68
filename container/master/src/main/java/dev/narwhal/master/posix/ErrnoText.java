package dev.narwhal.master.posix;

/** Names of errors and signals as the C library has them. */
final class ErrnoText {

    private static final Libc.Function NAME = Libc.function("strerrorname_np");
    private static final Libc.Function TEXT = Libc.function("strerrordesc_np");
    private static final Libc.Function SIGNAL = Libc.function("sigabbrev_np");

    private ErrnoText() {}

    static String name(int errno) {
        return Libc.text(NAME, errno, "errno " + errno);
    }

    static String text(int errno) {
        return Libc.text(TEXT, errno, "unknown error");
    }

    /** Without {@code SIG}: {@code KILL}. */
    static String signal(int number) {
        return Libc.text(SIGNAL, number, Integer.toString(number));
    }
}
