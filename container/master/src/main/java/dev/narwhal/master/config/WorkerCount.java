package dev.narwhal.master.config;

/** How many workers the operator wants. */
public sealed interface WorkerCount {

    /** {@link Plan} decides. */
    record Auto() implements WorkerCount {}

    record Exactly(int workers) implements WorkerCount {}

    /** As many as the load calls for, within these bounds. */
    record Range(int least, int most) implements WorkerCount {}

    /** How many there may be as far as the operator has said. */
    default int most() {
        return switch (this) {
            case Auto() -> 1;
            case Exactly(int workers) -> workers;
            case Range(int _, int most) -> most;
        };
    }
}
