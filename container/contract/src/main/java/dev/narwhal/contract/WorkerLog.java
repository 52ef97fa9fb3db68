package dev.narwhal.contract;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The form of the lines that a worker itself logs, as the master tells them from what the application prints: {@code 2026-11-22T10:15:30.123Z INFO
 * worker 0: message}. The further lines of a message, such as a stack trace, have the same beginning with a bar: {@code worker 0| at ...}.
 */
public final class WorkerLog {

    /** For {@code java.time}, in UTC. */
    public static final String TIME = "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'";

    /** The length of a time. */
    public static final int TIME_LENGTH = 24;

    /** The length of a level with the blanks around it. */
    private static final int LEVEL_LENGTH = 7;

    /** Where the name of the writer begins. */
    public static final int NAME_AT = TIME_LENGTH + LEVEL_LENGTH;

    private static final String MORE = "| ";

    private WorkerLog() {}

    /** For Logback. */
    public static String pattern(String who) {
        return "%d{\"" + TIME + "\", UTC} %-5level " + who + ": %msg%n";
    }

    /** What was written by that pattern, each line with a beginning. */
    public static String lines(String text, String who) {
        if (text.indexOf('\n') == text.length() - 1) {
            return text;
        }
        var beginning = text.substring(0, NAME_AT) + who + MORE;
        return text.stripTrailing().lines().collect(Collectors.joining("\n" + beginning, "", "\n"));
    }

    /** Where the message begins if the line is the first of one of {@code who}'s, or else -1. */
    public static int message(byte[] line, int from, int length, String who) {
        return behind(who + ": ", line, from, length);
    }

    /** Where the message goes on if the line is a further one of {@code who}'s, or else -1. */
    public static int more(byte[] line, int from, int length, String who) {
        return behind(who + MORE, line, from, length);
    }

    private static int behind(String beginning, byte[] line, int from, int length) {
        var name = beginning.getBytes(StandardCharsets.US_ASCII);
        int begin = from + NAME_AT;
        int end = begin + name.length;
        return length >= NAME_AT + name.length
                        && line[from + 10] == 'T'
                        && line[from + TIME_LENGTH - 1] == 'Z'
                        && Arrays.equals(line, begin, end, name, 0, name.length)
                ? end
                : -1;
    }
}
