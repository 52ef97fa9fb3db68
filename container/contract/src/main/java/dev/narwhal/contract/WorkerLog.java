package dev.narwhal.contract;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The form of the lines that a worker itself logs, as the master tells them from what the application prints: {@code 2026-11-22T10:15:30.123Z INFO
 * worker 0: message}.
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

    private WorkerLog() {}

    /** For Logback. */
    public static String pattern(String who) {
        return "%d{\"" + TIME + "\", UTC} %-5level " + who + ": %msg%n";
    }

    /** Where the message begins if the line is one of {@code who}'s, or else -1. */
    public static int message(byte[] line, int from, int length, String who) {
        var name = (who + ": ").getBytes(StandardCharsets.US_ASCII);
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
