package dev.narwhal.master.output;

import com.google.gson.JsonObject;
import dev.narwhal.contract.WorkerLog;
import dev.narwhal.master.config.LogFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What a line that was printed looks like when it comes out, for one stream of one worker or other child.
 *
 * <p>Text: {@code 2026-11-22T10:15:30.123Z OUT   worker 0 (pid 4711): what was printed}, with {@code ERR} for standard error. What the worker itself logs
 * keeps its time and level, on each line of its message; as JSON, the lines that are read together are one object.
 */
final class Form {

    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final LogFormat format;
    private final Printer printer;
    private final Stream stream;
    private final byte[] name;
    private Instant stamped = Instant.MIN;
    private byte[] stamp = {};

    /** What a worker logs, as an object, while further lines of the same message may come. */
    private @Nullable JsonObject open;

    private final StringBuilder message = new StringBuilder();

    /** Where it was printed. */
    enum Stream {
        STDOUT("OUT   "),
        STDERR("ERR   ");

        private final String word;

        Stream(String word) {
            this.word = word;
        }
    }

    Form(LogFormat format, Printer printer, Stream stream) {
        this.format = format;
        this.printer = printer;
        this.stream = stream;
        name = "%s (pid %d): ".formatted(printer.name(), printer.pid()).getBytes(StandardCharsets.UTF_8);
    }

    /** Appends a line that was read now. */
    void append(byte[] bytes, int from, int length, Instant now, ByteArrayOutputStream to) {
        int first = stream == Stream.STDERR ? WorkerLog.message(bytes, from, length, printer.name()) : -1;
        int more = first < 0 && stream == Stream.STDERR ? WorkerLog.more(bytes, from, length, printer.name()) : -1;
        switch (format) {
            case TEXT -> text(bytes, from, length, Math.max(first, more), now, to);
            case JSON -> {
                if (more >= 0 && open != null) {
                    message.append('\n').append(string(bytes, more, from + length - more));
                } else {
                    json(bytes, from, length, Math.max(first, more), now, to);
                }
            }
        }
    }

    /** No more lines for now: what was read of a message comes out. */
    void end(ByteArrayOutputStream to) {
        if (open != null) {
            write(open, message.toString(), to);
            open = null;
            message.setLength(0);
        }
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
        to.write('\n');
    }

    /** Lines that are read together have one time. */
    private byte[] stamp(Instant now) {
        if (!now.equals(stamped)) {
            stamped = now;
            stamp = (TIME.format(now) + " " + stream.word).getBytes(StandardCharsets.US_ASCII);
        }
        return stamp;
    }

    private void json(byte[] bytes, int from, int length, int logged, Instant now, ByteArrayOutputStream to) {
        end(to);
        var line = new JsonObject();
        if (logged >= 0) {
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
        printer.slot()
                .ifPresentOrElse(
                        slot -> line.addProperty("worker", slot), () -> line.addProperty("child", printer.name()));
        line.addProperty("pid", printer.pid());
        int text = Math.max(logged, from);
        var said = string(bytes, text, from + length - text);
        if (logged >= 0) {
            open = line;
            message.append(said);
        } else {
            write(line, said, to);
        }
    }

    private static void write(JsonObject line, String message, ByteArrayOutputStream to) {
        line.addProperty("message", message);
        to.writeBytes(line.toString().getBytes(StandardCharsets.UTF_8));
        to.write('\n');
    }

    private static String string(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
}
