package dev.narwhal.master.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The bridge to the C library: finds functions, calls them, turns their errors into exceptions.
 *
 * <p>Every function found here takes, before its own arguments, the memory into which {@code errno} is saved right after the call:
 * the JVM itself makes system calls between ours and the moment we could look.
 */
final class Libc {

    /** A call whose result says whether it failed. */
    interface Call {
        long invoke(MemorySegment state) throws Throwable;
    }

    /** A call that returns a static string, or null. */
    interface TextCall {
        MemorySegment invoke(MemorySegment state) throws Throwable;
    }

    private static final int EINTR = 4;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LOOKUP = LINKER.defaultLookup();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    // What the JVM decoded its own arguments and environment with, so that file names pass through unchanged.
    private static final Charset NATIVE = Charset.forName(System.getProperty("native.encoding", "UTF-8"));

    private Libc() {}

    static MethodHandle function(String name, MemoryLayout result, MemoryLayout... parameters) {
        return bind(name, FunctionDescriptor.of(result, parameters), Linker.Option.captureCallState("errno"));
    }

    /** As {@link #function}, for a function that is variadic after {@code fixed} parameters. */
    static MethodHandle variadic(String name, int fixed, MemoryLayout result, MemoryLayout... parameters) {
        return bind(
                name,
                FunctionDescriptor.of(result, parameters),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(fixed));
    }

    // restricted: calling native code is what this package is for; the launcher grants it by --enable-native-access.
    @SuppressWarnings("restricted")
    private static MethodHandle bind(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        var symbol = LOOKUP.find(name)
                .orElseThrow(() -> new UnsupportedOperationException("calling the C library: it has no " + name
                        + ". The narwhal master needs Linux with glibc 2.34 or newer."));
        return LINKER.downcallHandle(symbol, descriptor, options);
    }

    /** Calls a function that returns -1 and sets {@code errno} when it fails; interrupted calls are made again. */
    static long call(String name, Call call) throws PosixException {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(STATE);
            while (true) {
                long result = call.invoke(state);
                if (result != -1) {
                    return result;
                }
                int errno = (int) ERRNO.get(state, 0L);
                if (errno != EINTR) {
                    throw new PosixException(name, errno);
                }
            }
        } catch (PosixException e) {
            throw e;
        } catch (Throwable e) {
            throw unexpected(name, e);
        }
    }

    /** Calls a function of the {@code posix_spawn} family, which return the error instead of setting {@code errno}. */
    static void callReturningError(String name, Call call) throws PosixException {
        long error = once(name, call);
        if (error != 0) {
            throw new PosixException(name, (int) error);
        }
    }

    /** Calls a function whose failure is of no interest. */
    static long once(String name, Call call) {
        try (var arena = Arena.ofConfined()) {
            return call.invoke(arena.allocate(STATE));
        } catch (Throwable e) {
            throw unexpected(name, e);
        }
    }

    // restricted: the pointer is to a constant string of the C library, whose end only its zero byte tells.
    @SuppressWarnings("restricted")
    static String text(TextCall call, String absent) {
        try (var arena = Arena.ofConfined()) {
            var text = call.invoke(arena.allocate(STATE));
            return text.address() == 0 ? absent : text.reinterpret(256).getString(0, StandardCharsets.US_ASCII);
        } catch (Throwable e) {
            throw unexpected("reading a name of the C library", e);
        }
    }

    static MemorySegment string(Arena arena, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "passing a string to the C library: it has a zero byte in '" + text.replace('\0', '?') + "'");
        }
        var bytes = text.getBytes(NATIVE);
        var memory = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return memory;
    }

    /** A {@code char*[]} that ends with a null pointer. */
    static MemorySegment strings(Arena arena, List<String> texts) {
        var array = arena.allocate(ValueLayout.ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ValueLayout.ADDRESS, i, string(arena, texts.get(i)));
        }
        return array;
    }

    private static RuntimeException unexpected(String name, Throwable e) {
        return switch (e) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            case Throwable other -> new IllegalStateException("calling " + name, other);
        };
    }
}
