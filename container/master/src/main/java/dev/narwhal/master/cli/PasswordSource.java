package dev.narwhal.master.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where a password is typed. */
@FunctionalInterface
public interface PasswordSource {

    /**
     * Asks for a password.
     *
     * @return empty when nothing was given, or when what was typed twice differs
     * @throws IOException when reading fails
     */
    Optional<char[]> read() throws IOException;

    /** Asks twice at a terminal, without echo; of anything else, such as a pipe, takes the first line. */
    static PasswordSource of(InputStream in) {
        return () -> {
            var console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
            if (console.isPresent()) {
                var first = console.get().readPassword("Password: ");
                var second = first == null ? null : console.get().readPassword("Again: ");
                return first != null && second != null && new String(first).equals(new String(second))
                        ? Optional.of(first)
                        : Optional.empty();
            }
            var line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            return Optional.ofNullable(line).map(String::toCharArray);
        };
    }
}
