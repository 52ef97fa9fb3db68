package dev.narwhal.worker.session;

import dev.narwhal.contract.WorkerSpec;

/** Makes stores; found by {@link java.util.ServiceLoader}. */
public interface SessionStoreProvider {

    /** The word for {@code --sessions}. */
    String name();

    /**
     * Opens the store, which may be open in other processes.
     *
     * @throws StoreException when it cannot be opened; the message is for the operator
     */
    SessionStore open(WorkerSpec.Sessions setup);
}
