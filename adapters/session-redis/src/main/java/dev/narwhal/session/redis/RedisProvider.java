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
        var url = RedisUrl.parse(
                setup.url().orElseThrow(() -> new StoreException("opening the session store: no URL is given")));
        var password = setup.passwordFile()
                .map(RedisProvider::firstLine)
                .or(() -> Optional.ofNullable(System.getenv("REDIS_PASSWORD")));
        return new RedisStore(url, password);
    }

    private static String firstLine(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("");
        } catch (IOException e) {
            throw new StoreException("reading the password for the session store from %s: %s".formatted(file, e), e);
        }
    }
}
