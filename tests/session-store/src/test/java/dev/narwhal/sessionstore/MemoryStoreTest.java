package dev.narwhal.sessionstore;

import dev.narwhal.worker.session.MemoryStore;
import dev.narwhal.worker.session.SessionStore;
import java.nio.file.Path;

final class MemoryStoreTest extends SessionStoreContract {

    @Override
    protected SessionStore open(Path empty) {
        return new MemoryStore();
    }
}
