package dev.narwhal.master.push;

import dev.narwhal.master.observe.Measure;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Somebody who is sent numbers, by one thread. Its text is how the operator knows it. */
interface Sink extends Closeable {

    /**
     * Sends all there is.
     *
     * @throws IOException with what was found, when not all of it could be sent; what has happened since is told with the next ones then
     */
    void send(List<Measure> measures, Instant now) throws IOException, InterruptedException;
}
