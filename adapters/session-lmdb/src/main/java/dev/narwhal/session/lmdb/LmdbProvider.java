package dev.narwhal.session.lmdb;

import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.worker.session.SessionStore;
import dev.narwhal.worker.session.SessionStoreProvider;
import dev.narwhal.worker.session.StoreException;

/** {@code --sessions lmdb}. */
public final class LmdbProvider implements SessionStoreProvider {

    @Override
    public String name() {
        return "lmdb";
    }

    @Override
    public SessionStore open(WorkerSpec.Sessions setup) {
        var directory = setup.directory()
                .orElseThrow(() -> new StoreException("opening the session store: no directory is given"));
        return LmdbStore.open(directory, setup.bytes());
    }
}
