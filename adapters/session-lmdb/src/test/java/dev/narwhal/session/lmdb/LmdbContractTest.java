package dev.narwhal.session.lmdb;

import dev.narwhal.sessionstore.SessionStoreContract;
import dev.narwhal.worker.session.SessionStore;
import java.nio.file.Path;

final class LmdbContractTest extends SessionStoreContract {

    @Override
    protected SessionStore open(Path empty) {
        return LmdbStore.open(empty, 64 << 20);
    }
}
