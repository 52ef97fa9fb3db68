package dev.narwhal.naming;

import dev.narwhal.contract.ResourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Passwords of resources. */
final class Secrets {

    private Secrets() {}

    /** As given, or what a file has now, without the end of its line. */
    static Optional<String> password(ResourceSpec resource) throws ResourceException {
        var file = resource.setting("password-file");
        if (file.isEmpty()) {
            return resource.setting("password");
        }
        try {
            return Optional.of(Files.readString(Path.of(file.get())).stripTrailing());
        } catch (IOException e) {
            throw new ResourceException("the password-file " + file.get() + " cannot be read (" + e + ")", e);
        }
    }
}
