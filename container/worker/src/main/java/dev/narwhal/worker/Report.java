package dev.narwhal.worker;

import dev.narwhal.contract.WorkerMessage;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pipe to the master. A line is one write, so that lines of several threads do not mix. */
final class Report implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Report.class);

    private final FileOutputStream pipe;

    /** @param fd the inherited descriptor */
    Report(int fd) throws IOException {
        pipe = new FileOutputStream("/proc/self/fd/" + fd, true);
    }

    /** A master that is gone is noticed elsewhere, by the end of standard input. */
    void send(WorkerMessage message) {
        try {
            pipe.write((message.format() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            log.debug("reporting to the master: {}", e.toString());
        }
    }

    @Override
    public void close() throws IOException {
        pipe.close();
    }
}
