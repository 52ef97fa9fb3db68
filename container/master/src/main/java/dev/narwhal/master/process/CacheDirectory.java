package dev.narwhal.master.process;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where prepared applications are kept, per user. Only says where; whoever fills it creates it. */
public final class CacheDirectory {

    private CacheDirectory() {}

    /**
     * {@code $NARWHAL_CACHE}, or else {@code $XDG_CACHE_HOME/narwhal}, or else {@code ~/.cache/narwhal}.
     *
     * @param environment of the master
     * @param home the user's home directory, as {@code user.home} has it
     * @return empty when none of them says where
     */
    public static Optional<Path> of(Map<String, String> environment, String home) {
        var own = environment.getOrDefault("NARWHAL_CACHE", "");
        if (!own.isEmpty()) {
            return Optional.of(Path.of(own).toAbsolutePath().normalize());
        }
        // The XDG specification: a relative path in its variables is to be ignored.
        return absolute(environment.getOrDefault("XDG_CACHE_HOME", ""))
                .or(() -> absolute(home).map(directory -> directory.resolve(".cache")))
                .map(directory -> directory.resolve("narwhal"));
    }

    private static Optional<Path> absolute(String text) {
        return Optional.of(Path.of(text)).filter(Path::isAbsolute);
    }
}
