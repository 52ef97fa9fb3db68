package dev.narwhal.master.arbiter;

import dev.narwhal.contract.ExitCode;

/** Why a process that nobody asked to end has ended, as far as its exit status tells. */
final class Cause {

    private Cause() {}

    /** What happened, without a cause. */
    static String what(Exit exit) {
        return switch (exit) {
            case Exit.Code(int status) -> "exited with code " + status;
            case Exit.Signal(int number, var _) -> "was ended by signal " + number + " (" + name(number) + ")";
        };
    }

    /** Of a worker that was not ready yet: its code is one of Narwhal's, or the JVM's own. */
    static String booting(Exit exit) {
        return what(exit)
                + switch (exit) {
                    case Exit.Code code when exit.fromOutside() -> outside(code);
                    case Exit.Code(int status) when status == 0 -> ", which the master did not ask for,";
                    case Exit.Code(int status) when status == 1 -> " (the JVM could not start, or a defect of Narwhal)";
                    case Exit.Code(int status)
                    when status == 3 -> " (it could not boot, or the Java heap is too small)";
                    case Exit.Code(int status) ->
                        ExitCode.of(status)
                                .map(code -> " (" + code.meaning() + ")")
                                .orElse("");
                    case Exit.Signal signal -> signal(signal);
                };
    }

    /**
     * Of a worker that served. The master starts every worker with {@code -XX:+ExitOnOutOfMemoryError}, by which the JVM exits with 3; a
     * worker that serves has no other use of that code.
     */
    static String serving(Exit exit) {
        return what(exit)
                + switch (exit) {
                    case Exit.Code code when exit.fromOutside() -> outside(code);
                    case Exit.Code(int status) when status == 3 -> ": out of memory (Java heap)";
                    case Exit.Code _ -> ", which the master did not ask for: did the application call System.exit?";
                    case Exit.Signal signal -> signal(signal);
                };
    }

    private static String outside(Exit.Code code) {
        return " (sent " + name(code.status() - 128) + " by somebody else than the master)";
    }

    private static String signal(Exit.Signal signal) {
        if (signal.oomKilled()) {
            return ": out of memory (the limit of the container or machine)";
        }
        return switch (signal.number()) {
            case 9 -> " by somebody else than the master: out of memory?";
            case 4, 6, 7, 8, 11 -> ": the JVM crashed, and may have left an hs_err file";
            default -> " by somebody else than the master";
        };
    }

    /** The numbers are Linux's, the same on all of Java's processors. */
    private static String name(int signal) {
        return switch (signal) {
            case 1 -> "HUP";
            case 2 -> "INT";
            case 3 -> "QUIT";
            case 4 -> "ILL";
            case 5 -> "TRAP";
            case 6 -> "ABRT";
            case 7 -> "BUS";
            case 8 -> "FPE";
            case 9 -> "KILL";
            case 10 -> "USR1";
            case 11 -> "SEGV";
            case 12 -> "USR2";
            case 13 -> "PIPE";
            case 14 -> "ALRM";
            case 15 -> "TERM";
            case 24 -> "XCPU";
            case 25 -> "XFSZ";
            case 31 -> "SYS";
            default -> "unnamed";
        };
    }
}
