package dev.narwhal.master.arbiter;

/** How a process ended. */
public sealed interface Exit {

    /** It called {@code exit}, or returned from {@code main}. */
    record Code(int status) implements Exit {}

    /**
     * A signal ended it.
     *
     * @param oomKilled whether the kernel is known to have done it for want of memory; false when nothing is known
     */
    record Signal(int number, boolean oomKilled) implements Exit {}

    /**
     * Whether this came from outside and says nothing about the release. A JVM that is sent HUP, INT or TERM exits with 128 + the
     * number: a control-C reaches all processes of the terminal, and may reach a worker that cannot ignore it yet.
     */
    default boolean fromOutside() {
        return switch (this) {
            case Code(int status) -> status == 128 + 1 || status == 128 + 2 || status == 128 + 15;
            case Signal _ -> true;
        };
    }
}
