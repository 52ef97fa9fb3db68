package dev.narwhal.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Processes as {@code ps} and {@code kill} see them. */
public final class Processes {

    private Processes() {}

    /** The command line with blanks between the arguments; empty when the process is gone or a zombie. */
    public static String commandLine(long pid) {
        // ProcessHandle.Info cuts the command line at one page, and a class path alone may be longer.
        try {
            return new String(Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline")), StandardCharsets.UTF_8)
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether it serves; one that rehearses for the AOT cache does not. */
    public static boolean isWorker(long pid) {
        var commandLine = commandLine(pid);
        return commandLine.contains("WorkerMain") && !commandLine.contains("-XX:AOTMode=");
    }

    /** Whether the process exists and is not a zombie. */
    public static boolean isAlive(long pid) {
        return state(pid) != 'Z' && state(pid) != ' ';
    }

    /** The letter of {@code ps}: R, S, D, T (stopped), Z (zombie); a blank when there is no such process. */
    public static char state(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return ' ';
        }
    }

    /** The direct children of {@code pid}, zombies included. */
    public static List<Long> children(long pid) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(process -> process.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::valueOf)
                    .filter(child -> parent(child) == pid)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("listing /proc", e);
        }
    }

    private static long parent(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            var afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(afterName[1]);
        } catch (IOException e) {
            return -1;
        }
    }

    /** Sends {@code TERM}, {@code HUP}, {@code KILL}, {@code STOP} ... */
    public static void signal(long pid, String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("sending " + name + " to " + pid + ": kill returned " + status
                        + ". The process is probably gone.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("running kill", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running kill", e);
        }
    }
}
