package dev.narwhal.master.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** Calls {@code posix_spawn}. */
final class PosixSpawn {

    private static final int FILE_ACTIONS_BYTES = 80;
    private static final int ATTRIBUTES_BYTES = 336;
    private static final int SIGNAL_SET_BYTES = 128;
    private static final int ALIGNMENT = 16;

    private static final short SETPGROUP = 0x02;
    private static final short SETSIGDEF = 0x04;
    private static final short SETSIGMASK = 0x08;

    private static final MethodHandle SPAWN =
            Libc.function("posix_spawn", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle ACTIONS_INIT = Libc.function("posix_spawn_file_actions_init", JAVA_INT, ADDRESS);
    private static final MethodHandle ACTIONS_DESTROY =
            Libc.function("posix_spawn_file_actions_destroy", JAVA_INT, ADDRESS);
    private static final MethodHandle ACTIONS_DUP2 =
            Libc.function("posix_spawn_file_actions_adddup2", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle ACTIONS_CLOSE_FROM =
            Libc.function("posix_spawn_file_actions_addclosefrom_np", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle ATTRIBUTES_INIT = Libc.function("posix_spawnattr_init", JAVA_INT, ADDRESS);
    private static final MethodHandle ATTRIBUTES_DESTROY = Libc.function("posix_spawnattr_destroy", JAVA_INT, ADDRESS);
    private static final MethodHandle SET_FLAGS =
            Libc.function("posix_spawnattr_setflags", JAVA_INT, ADDRESS, JAVA_SHORT);
    private static final MethodHandle SET_GROUP =
            Libc.function("posix_spawnattr_setpgroup", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SET_MASK =
            Libc.function("posix_spawnattr_setsigmask", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SET_DEFAULT =
            Libc.function("posix_spawnattr_setsigdefault", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle FILL = Libc.function("sigfillset", JAVA_INT, ADDRESS);
    private static final MethodHandle EMPTY = Libc.function("sigemptyset", JAVA_INT, ADDRESS);

    private PosixSpawn() {}

    /** Returns the child's pid. */
    static int start(SpawnRequest request) throws PosixException {
        try (var arena = Arena.ofConfined()) {
            var actions = arena.allocate(FILE_ACTIONS_BYTES, ALIGNMENT);
            var attributes = arena.allocate(ATTRIBUTES_BYTES, ALIGNMENT);
            check("posix_spawn_file_actions_init", state -> (int) ACTIONS_INIT.invokeExact(state, actions));
            try {
                check("posix_spawnattr_init", state -> (int) ATTRIBUTES_INIT.invokeExact(state, attributes));
                try {
                    placeFds(actions, request.fds());
                    resetSignals(arena, attributes);
                    return spawn(arena, request, actions, attributes);
                } finally {
                    Libc.once("destroy", state -> (int) ATTRIBUTES_DESTROY.invokeExact(state, attributes));
                }
            } finally {
                Libc.once("destroy", state -> (int) ACTIONS_DESTROY.invokeExact(state, actions));
            }
        }
    }

    /**
     * A source may have the number of another's destination, so all are first lifted above both; the copies, like everything else
     * that this process has open, are closed at the end. In the child only, so two spawns at a time do not meet.
     */
    private static void placeFds(MemorySegment actions, List<Fd> fds) throws PosixException {
        int count = fds.size();
        int above = Math.max(count, fds.stream().mapToInt(Fd::number).max().orElse(0) + 1);
        for (int i = 0; i < count; i++) {
            copy(actions, fds.get(i).number(), above + i);
        }
        for (int i = 0; i < count; i++) {
            copy(actions, above + i, i);
        }
        check("posix_spawn_file_actions_addclosefrom_np", state ->
                (int) ACTIONS_CLOSE_FROM.invokeExact(state, actions, count));
    }

    private static void copy(MemorySegment actions, int from, int to) throws PosixException {
        check("posix_spawn_file_actions_adddup2", state -> (int) ACTIONS_DUP2.invokeExact(state, actions, from, to));
    }

    /** Masks and ignored signals pass through exec, and JVM threads block SIGQUIT: a child would lack its thread dump. */
    private static void resetSignals(Arena arena, MemorySegment attributes) throws PosixException {
        var none = arena.allocate(SIGNAL_SET_BYTES, ALIGNMENT);
        var all = arena.allocate(SIGNAL_SET_BYTES, ALIGNMENT);
        Libc.call("sigemptyset", state -> (int) EMPTY.invokeExact(state, none));
        Libc.call("sigfillset", state -> (int) FILL.invokeExact(state, all));
        check("posix_spawnattr_setsigmask", state -> (int) SET_MASK.invokeExact(state, attributes, none));
        check("posix_spawnattr_setsigdefault", state -> (int) SET_DEFAULT.invokeExact(state, attributes, all));
        check("posix_spawnattr_setpgroup", state -> (int) SET_GROUP.invokeExact(state, attributes, 0));
        short flags = SETPGROUP | SETSIGDEF | SETSIGMASK;
        check("posix_spawnattr_setflags", state -> (int) SET_FLAGS.invokeExact(state, attributes, flags));
    }

    private static int spawn(Arena arena, SpawnRequest request, MemorySegment actions, MemorySegment attributes)
            throws PosixException {
        var pid = arena.allocate(JAVA_INT);
        var path = Libc.string(arena, request.command().getFirst());
        var arguments = Libc.strings(arena, request.command());
        var environment = Libc.strings(
                arena,
                request.environment().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
        check("posix_spawn", state ->
                (int) SPAWN.invokeExact(state, pid, path, actions, attributes, arguments, environment));
        return pid.get(JAVA_INT, 0);
    }

    private static void check(String name, Libc.Call call) throws PosixException {
        Libc.callReturningError(name, call);
    }
}
