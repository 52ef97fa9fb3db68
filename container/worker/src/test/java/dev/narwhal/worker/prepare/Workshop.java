package dev.narwhal.worker.prepare;

import dev.narwhal.worker.Archive;
import dev.narwhal.worker.war.PreparedApp;
import dev.narwhal.worker.war.WarException;
import dev.narwhal.worker.war.WebApp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Prepares what a test writes, in a directory of the test. */
record Workshop(Path directory, Recorded report) {

    Workshop(Path directory) {
        this(directory, new Recorded());
    }

    Path cache() {
        return directory.resolve("cache");
    }

    Preparer preparer() throws WarException, IOException {
        var cache = PreparedCache.open(cache(), Instant.now());
        return new Preparer(
                cache, Workshop.class.getClassLoader(), Optional.empty(), "test", List.of(), List.of(), report);
    }

    WebApp read(Archive war) throws WarException, IOException {
        return read(war.writeTo(directory.resolve("test.war")));
    }

    WebApp read(Path file) throws WarException, IOException {
        return PreparedApp.load(preparer().prepare(file, "").directory()).webApp();
    }
}
