package dev.narwhal.undertow.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

class LazySuspendTest {

    private static final int LIMIT_SECONDS = 60;

    private final AtomicInteger ready = new AtomicInteger();
    private XnioWorker worker;
    private StreamConnection connection;
    private StreamConnection peer;
    private LazySuspend conduit;

    @BeforeEach
    void connect() throws IOException {
        worker = Xnio.getInstance()
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_IO_THREADS, 1)
                        .set(Options.THREAD_DAEMON, true)
                        .getMap());
        var pipe = worker.createFullDuplexPipeConnection();
        connection = pipe.getLeftSide();
        peer = pipe.getRightSide();
        conduit = LazySuspend.install(connection);
        connection.getSourceChannel().setReadListener(channel -> {
            ready.incrementAndGet();
            channel.suspendReads();
        });
    }

    @AfterEach
    void close() {
        IoUtils.safeClose(connection, peer);
        worker.shutdownNow();
    }

    @Test
    void who_finishes_with_a_request_lets_the_io_thread_in_afterwards() throws Exception {
        dataComes();
        conduit.finish(() -> {
            resume();
            awaitRound();
            assertThat(ready).hasValue(0);
        });
        awaitReady();
    }

    @Test
    void what_was_suspended_while_nobody_was_let_in_is_looked_for_again() throws Exception {
        dataComes();
        awaitRound();
        assertThat(ready).hasValue(0);
        resume();
        awaitReady();
    }

    @Test
    void who_changes_its_mind_while_it_finishes_lets_nobody_in() throws Exception {
        dataComes();
        conduit.finish(() -> {
            resume();
            connection.getSourceChannel().suspendReads();
        });
        awaitRound();
        assertThat(ready).hasValue(0);
    }

    @Test
    void another_thread_waits_for_nobody_who_finishes() throws Exception {
        dataComes();
        conduit.finish(() -> {
            connection.getIoThread().execute(this::resume);
            awaitReady();
        });
    }

    @Test
    @Timeout(LIMIT_SECONDS)
    void whose_patience_ends_waits_no_longer() {
        conduit.patience(Duration.ofMillis(1));
        assertThatThrownBy(conduit::awaitReadable).isInstanceOf(SocketTimeoutException.class);
    }

    private void resume() {
        connection.getSourceChannel().resumeReads();
    }

    private void dataComes() throws IOException {
        assertThat(peer.getSinkChannel().write(ByteBuffer.wrap(new byte[1]))).isOne();
    }

    /** The I/O thread has looked for what is ready once, at least. */
    private void awaitRound() {
        awaitTask();
        awaitTask();
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (ready.get() == 0 && System.nanoTime() - deadline < 0) {
            awaitRound();
        }
        assertThat(ready).hasValue(1);
    }

    private void awaitTask() {
        var done = new CountDownLatch(1);
        connection.getIoThread().execute(done::countDown);
        try {
            assertThat(done.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
