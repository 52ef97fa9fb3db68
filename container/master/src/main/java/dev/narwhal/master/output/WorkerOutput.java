package dev.narwhal.master.output;

import dev.narwhal.master.config.LogFormat;
import dev.narwhal.master.posix.Fd;
import dev.narwhal.master.posix.Pipe;
import dev.narwhal.master.posix.PosixException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

/**
 * What one worker, or another child, prints: two pipes, and a thread each that reads, so that the worker does not wait. The threads go on for as long as anybody has the other
 * end, also a process that the application has left behind. When the master is gone, writing there fails at once.
 */
public final class WorkerOutput {

    /** As much as a pipe holds. */
    private static final int READ_BYTES = 64 << 10;

    private static final Duration PAUSE = Duration.ofMillis(1);

    private static final int LAST_WORDS_BYTES = 32 << 10;

    private final Pipe out;
    private final Pipe err;
    private final Tail tail = new Tail(LAST_WORDS_BYTES);
    private Thread[] readers = {};

    private WorkerOutput(Pipe out, Pipe err) {
        this.out = out;
        this.err = err;
    }

    public static WorkerOutput open() throws PosixException {
        var out = Pipe.open();
        try {
            return new WorkerOutput(out, Pipe.open());
        } catch (PosixException e) {
            out.close();
            throw e;
        }
    }

    /** What the worker gets as its standard output. */
    public Fd output() {
        return out.writeEnd();
    }

    /** What the worker gets as its standard error. */
    public Fd error() {
        return err.writeEnd();
    }

    /** The worker runs: begins to read. */
    public void follow(LogFormat format, Printer printer) {
        out.writeEnd().close();
        err.writeEnd().close();
        readers = new Thread[] {
            reader(out, new Form(format, printer, Form.Stream.STDOUT), Outlet.STANDARD_OUTPUT, "out-" + printer.pid()),
            reader(err, new Form(format, printer, Form.Stream.STDERR), Outlet.STANDARD_ERROR, "err-" + printer.pid())
        };
    }

    /** There is no worker. */
    public void close() {
        out.close();
        err.close();
    }

    /** After the death of the worker: waits until all that it has printed is read, unless another process goes on printing. */
    public void awaitEnd(Duration limit) {
        try {
            for (var reader : readers) {
                reader.join(limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was printed last, as it was printed. */
    public byte[] lastWords() {
        return tail.bytes();
    }

    private Thread reader(Pipe pipe, Form form, Outlet outlet, String name) {
        return Thread.ofPlatform().daemon().name(name).start(() -> {
            try (var input = pipe.readEnd().inputStream(READ_BYTES)) {
                var bytes = new byte[READ_BYTES];
                var lines = new Lines();
                for (int count = input.read(bytes); count > 0; count = input.read(bytes)) {
                    tail.add(bytes, count);
                    var batch = new Batch(form);
                    lines.feed(bytes, count, batch);
                    batch.offer(outlet);
                    if (count < READ_BYTES) {
                        Thread.sleep(
                                PAUSE); // a read for each of many lines would cost more than all that is done with them
                    }
                }
                var last = new Batch(form);
                lines.end(last);
                last.offer(outlet);
            } catch (IOException e) {
                throw new UncheckedIOException("reading what " + name + " prints", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** The lines of one read. */
    private static final class Batch implements Lines.Sink {

        private final Form form;
        private final Instant now = Instant.now();
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private int count;

        private Batch(Form form) {
            this.form = form;
        }

        @Override
        public void line(byte[] bytes, int from, int length) {
            form.append(bytes, from, length, now, text);
            count++;
        }

        private void offer(Outlet outlet) throws InterruptedException {
            if (count > 0) {
                form.end(text);
                outlet.offer(text.toByteArray(), count);
            }
        }
    }
}
