package dev.narwhal.master.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Names of errors and signals as the C library has them. */
final class ErrnoText {

    private static final MethodHandle NAME = Libc.function("strerrorname_np", ADDRESS, JAVA_INT);
    private static final MethodHandle TEXT = Libc.function("strerrordesc_np", ADDRESS, JAVA_INT);
    private static final MethodHandle SIGNAL = Libc.function("sigabbrev_np", ADDRESS, JAVA_INT);

    private ErrnoText() {}

    static String name(int errno) {
        return Libc.text(state -> (MemorySegment) NAME.invokeExact(state, errno), "errno " + errno);
    }

    static String text(int errno) {
        return Libc.text(state -> (MemorySegment) TEXT.invokeExact(state, errno), "unknown error");
    }

    /** Without {@code SIG}: {@code KILL}. */
    static String signal(int number) {
        return Libc.text(state -> (MemorySegment) SIGNAL.invokeExact(state, number), Integer.toString(number));
    }
}
