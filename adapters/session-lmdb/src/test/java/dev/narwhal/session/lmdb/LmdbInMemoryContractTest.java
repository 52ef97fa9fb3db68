package dev.narwhal.session.lmdb;

import dev.narwhal.sessionstore.SessionStoreContract;
import dev.narwhal.worker.session.SessionStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/** Where LMDB writes through its map. */
final class LmdbInMemoryContractTest extends SessionStoreContract {

    private final MemoryDirectory memory = MemoryDirectory.create();

    @Override
    protected SessionStore open(Path empty) {
        return LmdbStore.open(memory.path(), 64 << 20);
    }

    @AfterEach
    void remove() {
        memory.close();
    }
}
