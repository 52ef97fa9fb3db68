package dev.narwhal.worker.session;

import dev.narwhal.contract.WorkerSpec;

/** {@code --sessions memory}. */
public final class MemoryProvider implements SessionStoreProvider {

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public SessionStore open(WorkerSpec.Sessions setup) {
        return new MemoryStore();
    }
}
