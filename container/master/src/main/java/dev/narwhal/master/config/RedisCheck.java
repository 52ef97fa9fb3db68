package dev.narwhal.master.config;

import dev.narwhal.contract.FileError;
import dev.narwhal.contract.RedisUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.util.function.Consumer;

/** Finds out before any worker starts what is wrong with sessions in Redis, as far as that can be seen without Redis. */
final class RedisCheck {

    private final Givens givens;
    private final Path workingDirectory;

    RedisCheck(Givens givens, Path workingDirectory) {
        this.givens = givens;
        this.workingDirectory = workingDirectory;
    }

    void check(Consumer<Problem> problems) {
        var sessions = givens.of(Settings.SESSIONS).getFirst();
        try {
            if (Settings.SESSIONS.syntax().parse(sessions.text()) instanceof SessionStorage.Redis(var url)) {
                check(sessions, url, problems);
            }
        } catch (BadValueException _) {
            // already reported with all other values
        }
    }

    private void check(Given sessions, RedisUrl url, Consumer<Problem> problems) {
        if (givens.has(Settings.SESSION_DIR)) {
            problems.accept(new Problem(
                    sessions.origin().toString(),
                    "sessions in Redis need no session-dir. Give --sessions lmdb or no directory."));
        }
        url.authorities().ifPresent(file -> checkAuthorities(sessions, file, problems));
        for (var file : givens.of(Settings.SESSION_PASSWORD_FILE)) {
            if (url.password().isPresent()) {
                problems.accept(new Problem(
                        file.origin().toString(), "the URL of --sessions has a password too. Give one of them."));
            } else if (!file.text().isBlank()) {
                checkPassword(file, problems);
            }
        }
    }

    private static void checkAuthorities(Given sessions, Path file, Consumer<Problem> problems) {
        try (var in = Files.newInputStream(file)) {
            if (CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
                problems.accept(new Problem(
                        sessions.origin().toString(), file + " has no certificate. Give ca= a file in PEM."));
            }
        } catch (IOException | GeneralSecurityException e) {
            problems.accept(new Problem(
                    sessions.origin().toString(),
                    "reading certificates from %s: %s. Give ca= a file in PEM.".formatted(file, e.getMessage())));
        }
    }

    private void checkPassword(Given given, Consumer<Problem> problems) {
        try (var lines = Files.newBufferedReader(workingDirectory.resolve(given.text()))) {
            var first = lines.readLine();
            if (first == null || first.isEmpty()) {
                problems.accept(new Problem(
                        given.origin().toString(),
                        given.text() + " is empty. Write the password into its first line."));
            }
        } catch (IOException e) {
            problems.accept(new Problem(
                    given.origin().toString(),
                    "reading the password from %s: %s. Give a file that can be read."
                            .formatted(given.text(), FileError.words(e))));
        }
    }
}
