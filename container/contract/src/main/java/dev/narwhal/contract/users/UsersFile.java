package dev.narwhal.contract.users;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A file of users, in UTF-8. A line is {@code name=password} or {@code name=password,role,role}; blanks around each part, empty lines and lines
 * that begin with {@code #} do not count. The first {@code =} ends the name, the first comma the password. A name in double quotes may have any
 * character but these, as the subjects of certificates need it: {@code "CN=alice, O=Narwhal"=,role}; it needs no password.
 *
 * @param users by name; those of lines without a problem
 * @param problems everything that is wrong, in the order of the lines
 */
public record UsersFile(Map<String, User> users, List<Problem> problems) {

    /** Roles that mean something else in a descriptor (Servlet 6.1 §13.8). */
    private static final Set<String> RESERVED_ROLES = Set.of("*", "**");

    private static final String QUOTE = "\"";

    /**
     * Something wrong.
     *
     * @param line from 1
     * @param text what was found and what to do; names users, never passwords
     */
    public record Problem(int line, String text) {}

    public UsersFile {
        users = Map.copyOf(users);
        problems = List.copyOf(problems);
    }

    /**
     * Reads the file to its end, whatever is wrong with its lines.
     *
     * @throws IOException when it cannot be read at all
     */
    public static UsersFile read(Path file) throws IOException {
        return parse(Files.readAllBytes(file));
    }

    static UsersFile parse(byte[] bytes) {
        var reader = new Reader();
        int begin = 0;
        for (int line = 1; begin < bytes.length; line++) {
            int end = begin;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            reader.line(line, ByteBuffer.wrap(bytes, begin, end - begin));
            begin = end + 1;
        }
        return new UsersFile(reader.users, reader.problems);
    }

    private static final class Reader {

        private final Map<String, User> users = new HashMap<>();
        private final Map<String, Integer> lines = new HashMap<>();
        private final List<Problem> problems = new ArrayList<>();

        private void line(int number, ByteBuffer bytes) {
            var text = decode(bytes);
            if (text.isEmpty()) {
                problems.add(new Problem(number, "the line is not UTF-8."));
                return;
            }
            var line = text.get().strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                entry(number, line);
            }
        }

        private void entry(int number, String line) {
            boolean quoted = line.startsWith(QUOTE);
            int quote = line.indexOf(QUOTE, 1);
            if (quoted && quote < 0) {
                problems.add(new Problem(
                        number, "the quotes around the name are not closed. Write \"name\"=password,role."));
                return;
            }
            int equals = line.indexOf('=', quoted ? quote : 0);
            if (equals < 0) {
                problems.add(new Problem(number, "the line has no '='. Write name=password,role,role."));
                return;
            }
            var name = quoted
                    ? line.substring(1, quote).strip()
                    : line.substring(0, equals).strip();
            if (quoted && !line.substring(quote + 1, equals).isBlank()) {
                problems.add(
                        new Problem(number, "there is something between the quotes and '='. Write \"name\"=password."));
                return;
            }
            if (name.isEmpty()) {
                problems.add(new Problem(number, "there is no name before '='."));
                return;
            }
            if (!quoted && name.indexOf(':') >= 0) {
                problems.add(new Problem(number, "the name '" + name + "' has a colon, which BASIC ends a name with."));
                return;
            }
            var before = lines.putIfAbsent(name, number);
            if (before != null) {
                problems.add(new Problem(number, "user '" + name + "' is already in line " + before + "."));
                return;
            }
            var parts = line.substring(equals + 1).split(",", -1);
            try {
                var text = parts[0].strip();
                var password = quoted && text.isEmpty() ? new StoredPassword.None() : StoredPassword.parse(text);
                users.put(name, new User(name, password, roles(number, name, List.of(parts))));
            } catch (BadPasswordException e) {
                problems.add(new Problem(number, "user '" + name + "': " + e.getMessage()));
            }
        }

        private Set<String> roles(int number, String name, List<String> parts) {
            var roles = new LinkedHashSet<String>();
            for (var part : parts.subList(1, parts.size())) {
                var role = part.strip();
                if (role.isEmpty()) {
                    problems.add(new Problem(number, "user '" + name + "' has an empty role."));
                } else if (RESERVED_ROLES.contains(role)) {
                    problems.add(new Problem(
                            number,
                            "user '" + name + "' has the role '" + role
                                    + "', which stands for others in a descriptor. Name the roles."));
                } else {
                    roles.add(role);
                }
            }
            return roles;
        }

        private static Optional<String> decode(ByteBuffer bytes) {
            try {
                return Optional.of(
                        StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
            } catch (CharacterCodingException _) {
                return Optional.empty();
            }
        }
    }
}
