package dev.narwhal.master.config;

import dev.narwhal.contract.Dispatch;

/** Which dispatch class the operator wants. */
public sealed interface DispatchChoice {

    /** {@link Plan} decides. */
    record Auto() implements DispatchChoice {}

    record Fixed(Dispatch dispatch) implements DispatchChoice {}
}
