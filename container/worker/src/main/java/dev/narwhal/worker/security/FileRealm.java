package dev.narwhal.worker.security;

import dev.narwhal.contract.users.User;
import dev.narwhal.contract.users.UsersFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The users of a file, as they were when the worker booted. */
public final class FileRealm implements Realm {

    private final Map<String, User> users;

    private FileRealm(Map<String, User> users) {
        this.users = users;
    }

    /**
     * Reads the file.
     *
     * @throws IOException when it cannot be read, or a line of it; the message has all problems
     */
    public static FileRealm read(Path file) throws IOException {
        var content = UsersFile.read(file);
        if (!content.problems().isEmpty()) {
            throw new IOException(content.problems().stream()
                    .map(problem -> "line " + problem.line() + ": " + problem.text())
                    .collect(Collectors.joining(" ")));
        }
        return new FileRealm(content.users());
    }

    @Override
    public Optional<User> find(String name) {
        return Optional.ofNullable(users.get(name));
    }
}
