package dev.narwhal.master.cli;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.contract.users.Pbkdf2;
import dev.narwhal.master.config.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ParseResult;

/** {@code narwhal hash-password}: what may stand for a password in a users file. */
final class HashPasswordCommand {

    private final PrintStream out;
    private final PasswordSource passwords;
    private final Function<List<Problem>, ExitCode> refuse;

    HashPasswordCommand(PrintStream out, PasswordSource passwords, Function<List<Problem>, ExitCode> refuse) {
        this.out = out;
        this.passwords = passwords;
        this.refuse = refuse;
    }

    ExitCode run(ParseResult command, List<String> words) {
        var problems = new ArrayList<>(Usage.problems(command));
        if (!Usage.arguments(command, words).isEmpty()) {
            problems.add(new Problem(
                    "command line", "takes no argument: a password there is seen by all users and kept by the shell."));
        }
        int iterations = iterations(command, problems);
        return problems.isEmpty() ? hash(iterations) : refuse.apply(problems);
    }

    private ExitCode hash(int iterations) {
        try {
            var password = passwords.read();
            if (password.isEmpty() || password.get().length == 0) {
                return refuse.apply(List.of(new Problem(
                        "password",
                        "nothing was given, or two different ones. Type it, or give one line on standard input.")));
            }
            var salt = new byte[Pbkdf2.SALT_BYTES];
            new SecureRandom().nextBytes(salt);
            out.println(Pbkdf2.of(password.get(), salt, iterations).text());
            Arrays.fill(password.get(), '\0');
            return ExitCode.OK;
        } catch (IOException e) {
            return refuse.apply(List.of(new Problem("standard input", "cannot be read: " + e.getMessage() + ".")));
        }
    }

    private static int iterations(ParseResult command, List<Problem> problems) {
        var given = command.<List<String>>matchedOptionValue(CommandLines.ITERATIONS, List.of());
        if (given.isEmpty()) {
            return Pbkdf2.ITERATIONS;
        }
        var text = given.getLast();
        if (text.matches("[0-9]{1,9}")) {
            int iterations = Integer.parseInt(text);
            if (iterations >= Pbkdf2.LEAST_ITERATIONS && iterations <= Pbkdf2.MOST_ITERATIONS) {
                return iterations;
            }
        }
        problems.add(new Problem(
                CommandLines.ITERATIONS,
                "'" + text + "' is not a whole number from " + Pbkdf2.LEAST_ITERATIONS + " to " + Pbkdf2.MOST_ITERATIONS
                        + "."));
        return Pbkdf2.ITERATIONS;
    }
}
