package dev.narwhal.master.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Calls {@code posix_spawn}. */
final class PosixSpawn {

    private static final int FILE_ACTIONS_BYTES = 80;
    private static final int ATTRIBUTES_BYTES = 336;
    private static final int SIGNAL_SET_BYTES = 128;
    private static final int ALIGNMENT = 16;

    private static final int SETPGROUP = 0x02;
    private static final int SETSIGDEF = 0x04;
    private static final int SETSIGMASK = 0x08;

    private static final Libc.Function SPAWN = Libc.function("posix_spawn");
    private static final Libc.Function ACTIONS_INIT = Libc.function("posix_spawn_file_actions_init");
    private static final Libc.Function ACTIONS_DESTROY = Libc.function("posix_spawn_file_actions_destroy");
    private static final Libc.Function ACTIONS_DUP2 = Libc.function("posix_spawn_file_actions_adddup2");
    private static final Libc.Function ACTIONS_CLOSE_FROM = Libc.function("posix_spawn_file_actions_addclosefrom_np");
    private static final Libc.Function ATTRIBUTES_INIT = Libc.function("posix_spawnattr_init");
    private static final Libc.Function ATTRIBUTES_DESTROY = Libc.function("posix_spawnattr_destroy");
    private static final Libc.Function SET_FLAGS = Libc.function("posix_spawnattr_setflags");
    private static final Libc.Function SET_GROUP = Libc.function("posix_spawnattr_setpgroup");
    private static final Libc.Function SET_MASK = Libc.function("posix_spawnattr_setsigmask");
    private static final Libc.Function SET_DEFAULT = Libc.function("posix_spawnattr_setsigdefault");
    private static final Libc.Function FILL = Libc.function("sigfillset");
    private static final Libc.Function EMPTY = Libc.function("sigemptyset");

    private PosixSpawn() {}

    /** Returns the child's pid. */
    static int start(SpawnRequest request) throws PosixException {
        try (var arena = Arena.ofConfined()) {
            var actions = arena.allocate(FILE_ACTIONS_BYTES, ALIGNMENT);
            var attributes = arena.allocate(ATTRIBUTES_BYTES, ALIGNMENT);
            Libc.callReturningError(ACTIONS_INIT, actions.address());
            try {
                Libc.callReturningError(ATTRIBUTES_INIT, attributes.address());
                try {
                    placeFds(actions, request.fds());
                    resetSignals(arena, attributes);
                    return spawn(arena, request, actions, attributes);
                } finally {
                    Libc.callUnchecked(ATTRIBUTES_DESTROY, attributes.address());
                }
            } finally {
                Libc.callUnchecked(ACTIONS_DESTROY, actions.address());
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
        Libc.callReturningError(ACTIONS_CLOSE_FROM, actions.address(), count);
    }

    private static void copy(MemorySegment actions, int from, int to) throws PosixException {
        Libc.callReturningError(ACTIONS_DUP2, actions.address(), from, to);
    }

    /** Masks and ignored signals pass through exec, and JVM threads block SIGQUIT: a child would lack its thread dump. */
    private static void resetSignals(Arena arena, MemorySegment attributes) throws PosixException {
        var none = arena.allocate(SIGNAL_SET_BYTES, ALIGNMENT);
        var all = arena.allocate(SIGNAL_SET_BYTES, ALIGNMENT);
        Libc.call(EMPTY, none.address());
        Libc.call(FILL, all.address());
        Libc.callReturningError(SET_MASK, attributes.address(), none.address());
        Libc.callReturningError(SET_DEFAULT, attributes.address(), all.address());
        Libc.callReturningError(SET_GROUP, attributes.address(), 0);
        int flags = SETPGROUP | SETSIGDEF | SETSIGMASK;
        Libc.callReturningError(SET_FLAGS, attributes.address(), flags);
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
        Libc.callReturningError(
                SPAWN,
                pid.address(),
                path.address(),
                actions.address(),
                attributes.address(),
                arguments.address(),
                environment.address());
        return pid.get(JAVA_INT, 0);
    }
}
