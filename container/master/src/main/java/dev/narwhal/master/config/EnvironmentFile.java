package dev.narwhal.master.config;

import dev.narwhal.contract.FileError;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Variables in a file, as systemd and Docker read them: {@code KEY=VALUE} in each line, {@code #} before a comment. Quotes around a value are not part of
 * it; nothing is expanded.
 */
final class EnvironmentFile {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Path workingDirectory;

    EnvironmentFile(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    Map<String, String> read(Given given, Consumer<Problem> problems) {
        var variables = new LinkedHashMap<String, String>();
        if (given.text().isBlank()) {
            return variables; // reported with all other values
        }
        try {
            var lines = Files.readAllLines(workingDirectory.resolve(given.text()));
            for (int i = 0; i < lines.size(); i++) {
                line(given.text() + ":" + (i + 1), lines.get(i).strip(), variables, problems);
            }
        } catch (CharacterCodingException _) {
            problems.accept(refused(given, "it is not UTF-8"));
        } catch (IOException e) {
            problems.accept(refused(given, FileError.words(e)));
        } catch (InvalidPathException e) {
            problems.accept(refused(given, String.valueOf(e.getMessage())));
        }
        return variables;
    }

    private static Problem refused(Given given, String found) {
        return new Problem(
                given.origin() + (given.origin() instanceof Origin.FileLine ? ": env-file" : ""),
                "reading variables from %s: %s. Give a text file that can be read.".formatted(given.text(), found));
    }

    private static void line(String where, String line, Map<String, String> variables, Consumer<Problem> problems) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        var assignment =
                line.startsWith("export ") ? line.substring("export ".length()).strip() : line;
        int equals = assignment.indexOf('=');
        var name = equals < 0 ? assignment : assignment.substring(0, equals);
        if (equals < 0 || !NAME.matcher(name).matches()) {
            // Not the line itself, which may have a password.
            problems.accept(new Problem(where, "not a variable. Write KEY=VALUE, or # before a comment."));
            return;
        }
        variables.put(name, unquoted(assignment.substring(equals + 1).strip()));
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
