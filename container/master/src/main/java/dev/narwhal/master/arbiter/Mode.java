package dev.narwhal.master.arbiter;

import dev.narwhal.contract.ExitCode;

/** Whether the master runs. */
public sealed interface Mode {

    record Running() implements Mode {}

    /** No worker is wanted any more. {@code quick}: each gets a second instead of the graceful timeout. */
    record Stopping(ExitCode code, boolean quick) implements Mode {}

    record Stopped(ExitCode code) implements Mode {}
}
