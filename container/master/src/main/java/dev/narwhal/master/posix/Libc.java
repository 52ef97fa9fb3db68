package dev.narwhal.master.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The bridge to the C library: finds functions, calls them, turns their errors into exceptions.
 *
 * <p>There is one calling shape for all: six 64-bit arguments and a 64-bit result. On x86_64 and aarch64 integers and pointers travel
 * in registers of their own, a function looks at as many registers, and as many bits of each, as it has parameters, and leaves
 * the upper half of an {@code int} result undefined, which {@link #call} drops. A method handle for each C prototype instead took
 * the master's start 0.17 s of CPU and its memory 7 MB more.
 */
final class Libc {

    /** A function of the C library. */
    record Function(String name, MemorySegment address) {}

    private static final int MAX_ARGUMENTS = 6;
    private static final int EINTR = 4;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LOOKUP = LINKER.defaultLookup();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle CALL = handle();

    // What the JVM decoded its own arguments and environment with, so that file names pass through unchanged.
    private static final Charset NATIVE = Charset.forName(System.getProperty("native.encoding", "UTF-8"));

    private Libc() {}

    // restricted: calling native code is what this package is for; the launcher grants it by --enable-native-access.
    @SuppressWarnings("restricted")
    private static MethodHandle handle() {
        var arguments = new MemoryLayout[MAX_ARGUMENTS];
        Arrays.fill(arguments, JAVA_LONG);
        // errno is saved right after the call: the JVM makes system calls of its own before we could look.
        return LINKER.downcallHandle(
                FunctionDescriptor.of(JAVA_LONG, arguments), Linker.Option.captureCallState("errno"));
    }

    static Function function(String name) {
        return new Function(
                name,
                LOOKUP.find(name)
                        .orElseThrow(() -> new UnsupportedOperationException("calling the C library: it has no " + name
                                + ". The narwhal master needs Linux with glibc 2.34 or newer.")));
    }

    /** Calls a function that returns an {@code int}, -1 with {@code errno} set when it fails; again when it was interrupted. */
    static int call(Function function, long... arguments) throws PosixException {
        return (int) checked(function, false, arguments);
    }

    /** As {@link #call}, for a function that returns a {@code ssize_t}. */
    static long callLong(Function function, long... arguments) throws PosixException {
        return checked(function, true, arguments);
    }

    private static long checked(Function function, boolean wide, long... arguments) throws PosixException {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(STATE);
            while (true) {
                long result = invoke(function, state, arguments);
                if ((wide ? result : (int) result) != -1) {
                    return result;
                }
                int errno = (int) ERRNO.get(state, 0L);
                if (errno != EINTR) {
                    throw new PosixException(function.name(), errno);
                }
            }
        }
    }

    /** Calls a function of the {@code posix_spawn} family, which return the error instead of setting {@code errno}. */
    static void callReturningError(Function function, long... arguments) throws PosixException {
        int error = (int) callUnchecked(function, arguments);
        if (error != 0) {
            throw new PosixException(function.name(), error);
        }
    }

    /** Calls a function once, whatever it returns. */
    static long callUnchecked(Function function, long... arguments) {
        try (var arena = Arena.ofConfined()) {
            return invoke(function, arena.allocate(STATE), arguments);
        }
    }

    private static long invoke(Function function, MemorySegment state, long... arguments) {
        var a = Arrays.copyOf(arguments, MAX_ARGUMENTS);
        try {
            return (long) CALL.invokeExact(function.address(), state, a[0], a[1], a[2], a[3], a[4], a[5]);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("calling " + function.name(), e);
        }
    }

    /** Calls a function that returns a constant string, or null, which becomes {@code absent}. */
    // restricted: only the zero byte tells where the string ends.
    @SuppressWarnings("restricted")
    static String text(Function function, int argument, String absent) {
        long address = callUnchecked(function, argument);
        return address == 0
                ? absent
                : MemorySegment.ofAddress(address).reinterpret(256).getString(0, StandardCharsets.US_ASCII);
    }

    static MemorySegment string(Arena arena, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "passing a string to the C library: it has a zero byte in '" + text.replace('\0', '?') + "'");
        }
        var bytes = text.getBytes(NATIVE);
        var memory = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, 0, bytes.length);
        return memory;
    }

    /** A {@code char*[]} that ends with a null pointer. */
    static MemorySegment strings(Arena arena, List<String> texts) {
        var array = arena.allocate(ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ADDRESS, i, string(arena, texts.get(i)));
        }
        return array;
    }
}
