package dev.narwhal.master.output;

import com.google.gson.JsonObject;
import dev.narwhal.contract.WorkerLog;
import dev.narwhal.master.config.LogFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * What a line that was printed looks like when it comes out, for one stream of one worker.
 *
 * <p>Text: {@code 2026-11-22T10:15:30.123Z OUT   worker 0 (pid 4711): what was printed}, with {@code ERR} for standard error. What the worker itself logs
 * keeps its time and level.
 */
final class Form {

    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final LogFormat format;
    private final int slot;
    private final int pid;
    private final Stream stream;
    private final String who;
    private final byte[] name;
    private Instant stamped = Instant.MIN;
    private byte[] stamp = {};

    /** Where it was printed. */
    enum Stream {
        STDOUT("OUT   "),
        STDERR("ERR   ");

        private final String word;

        Stream(String word) {
            this.word = word;
        }
    }

    Form(LogFormat format, int slot, int pid, Stream stream) {
        this.format = format;
        this.slot = slot;
        this.pid = pid;
        this.stream = stream;
        who = "worker " + slot;
        name = "%s (pid %d): ".formatted(who, pid).getBytes(StandardCharsets.UTF_8);
    }

    /** Appends a line that was read now. */
    void append(byte[] bytes, int from, int length, Instant now, ByteArrayOutputStream to) {
        int message = stream == Stream.STDERR ? WorkerLog.message(bytes, from, length, who) : -1;
        switch (format) {
            case TEXT -> text(bytes, from, length, message, now, to);
            case JSON -> json(bytes, from, length, message, now, to);
        }
        to.write('\n');
    }

    private void text(byte[] bytes, int from, int length, int message, Instant now, ByteArrayOutputStream to) {
        if (message >= 0) {
            to.write(bytes, from, WorkerLog.NAME_AT);
            to.writeBytes(name);
            to.write(bytes, message, from + length - message);
        } else {
            to.writeBytes(stamp(now));
            to.writeBytes(name);
            to.write(bytes, from, length);
        }
    }

    /** Lines that are read together have one time. */
    private byte[] stamp(Instant now) {
        if (!now.equals(stamped)) {
            stamped = now;
            stamp = (TIME.format(now) + " " + stream.word).getBytes(StandardCharsets.US_ASCII);
        }
        return stamp;
    }

    private void json(byte[] bytes, int from, int length, int message, Instant now, ByteArrayOutputStream to) {
        var line = new JsonObject();
        if (message >= 0) {
            line.addProperty("time", string(bytes, from, WorkerLog.TIME_LENGTH));
            int level = from + WorkerLog.TIME_LENGTH;
            line.addProperty(
                    "level",
                    string(bytes, level, from + WorkerLog.NAME_AT - level).strip());
            line.addProperty("logger", "narwhal");
        } else {
            line.addProperty("time", TIME.format(now));
            line.addProperty("stream", stream == Stream.STDOUT ? "stdout" : "stderr");
        }
        line.addProperty("worker", slot);
        line.addProperty("pid", pid);
        int text = Math.max(message, from);
        line.addProperty("message", string(bytes, text, from + length - text));
        to.writeBytes(line.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String string(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
}
