package dev.narwhal.master.arbiter;

import dev.narwhal.contract.ExitCode;
import java.time.Duration;

/** What became known of the master that is to take this one's place. */
public sealed interface Successor {

    /** {@link Effect.StartSuccessor} succeeded. */
    record Started(int pid) implements Successor {}

    /** {@link Effect.StartSuccessor} failed; nothing is left of it. */
    record NotStarted(String reason) implements Successor {}

    /** It has read its configuration, has its listeners, and prepares the applications. */
    record Preparing() implements Successor {}

    /** Its workers boot, which takes no longer than {@code limit}. */
    record Booting(Duration limit) implements Successor {}

    /** All its workers serve. */
    record Ready() implements Successor {}

    /** It gives up, and ends by itself. */
    record GivesUp(ExitCode code, String reason) implements Successor {}

    /** It has ended. */
    record Ended(Exit exit) implements Successor {}
}
