package dev.narwhal.session.redis;

import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.worker.session.SessionStore;
import dev.narwhal.worker.session.SessionStoreProvider;
import dev.narwhal.worker.session.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code --sessions redis://…}. */
public final class RedisProvider implements SessionStoreProvider {

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public SessionStore open(WorkerSpec.Sessions setup) {
        var url = setup.redis().orElseThrow(() -> new StoreException("opening the session store: no URL is given"));
        var password = setup.password().isPresent()
                ? Optional.of(inherited(setup.password().getAsInt()))
                : Optional.<String>empty();
        return new RedisStore(url.withPassword(password));
    }

    private static String inherited(int fd) {
        try {
            return Files.readString(Path.of("/proc/self/fd/" + fd));
        } catch (IOException e) {
            throw new StoreException("reading the password of the session store: " + e, e);
        }
    }
}
