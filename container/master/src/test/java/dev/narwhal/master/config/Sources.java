package dev.narwhal.master.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a test gives to the loader: a working directory with {@code shop.war}, and what is added. */
final class Sources {

    private final Path directory;
    private final Map<Setting<?>, List<String>> flags = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    private Sources(Path directory) {
        this.directory = directory;
    }

    static Sources in(Path directory) {
        var sources = new Sources(directory);
        sources.war("shop.war");
        sources.flags.put(Settings.WARS, List.of("shop.war"));
        return sources;
    }

    Sources war(String name) {
        return file(name, "");
    }

    Sources file(String name, String content) {
        try {
            Files.writeString(directory.resolve(name), content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    Sources toml(String content) {
        return file("narwhal.toml", content);
    }

    Sources flag(Setting<?> setting, String... texts) {
        flags.put(setting, List.of(texts));
        return this;
    }

    Sources variable(String name, String text) {
        environment.put(name, text);
        return this;
    }

    Loaded load() {
        return ConfigLoader.load(flags, List.of(), environment, directory);
    }

    Config config() {
        return switch (load()) {
            case Loaded.Valid valid -> valid.config();
            case Loaded.Refused refused -> throw new AssertionError("refused: " + refused.problems());
        };
    }

    List<String> problems() {
        return switch (load()) {
            case Loaded.Valid valid -> throw new AssertionError("valid: " + valid.config());
            case Loaded.Refused refused ->
                refused.problems().stream().map(Problem::toString).toList();
        };
    }
}
