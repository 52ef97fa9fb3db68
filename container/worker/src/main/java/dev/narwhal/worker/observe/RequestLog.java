package dev.narwhal.worker.observe;

import dev.narwhal.contract.WorkerSpec.AccessLog;
import dev.narwhal.worker.inherit.InheritedFile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access log: one line a request, appended by one write each, so that the workers can share a file.
 */
public final class RequestLog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RequestLog.class);

    private final AccessLog where;
    private volatile OutputStream out;

    /** Opens the file for appending. */
    public RequestLog(AccessLog where) throws IOException {
        this.where = where;
        this.out = open(where);
    }

    private static OutputStream open(AccessLog where) throws IOException {
        if (where.inherited().isPresent()) {
            return InheritedFile.appendTo(where.inherited().getAsInt());
        }
        return where.toStandardOutput()
                ? new FileOutputStream(FileDescriptor.out)
                : new FileOutputStream(where.target(), true);
    }

    public AccessLog.Format format() {
        return where.format();
    }

    /** Appends a line, given without its end. */
    public void write(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            log.warn("writing the access log {}: {}", where.target(), e.toString());
        }
    }

    /** Opens the file anew under its name, for whoever has renamed it. On failure the old file stays in use. */
    public void reopen() {
        if (where.toStandardOutput() || where.inherited().isPresent()) {
            return;
        }
        try {
            var old = out;
            out = open(where);
            old.close();
        } catch (IOException e) {
            log.warn("reopening the access log {}: {}. The old file stays in use.", where.target(), e.toString());
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
