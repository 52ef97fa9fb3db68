package dev.narwhal.master.config;

/** How many workers the operator wants. */
public sealed interface WorkerCount {

    /** {@link Plan} decides. */
    record Auto() implements WorkerCount {}

    record Exactly(int workers) implements WorkerCount {}
}
