package dev.narwhal.undertow.watch;

import dev.narwhal.undertow.identity.RequestId;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Methods;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.xnio.IoUtils;

/**
 * A request that is watched. Its client gets one response: the application's, or the one that says that the application took too long. Whoever
 * is the first to begin has the say.
 */
public final class Watched {

    private enum Response {
        NONE,
        /** The application's. */
        BEGUN,
        /** Not the application's. */
        TOO_LATE
    }

    static final AttachmentKey<Watched> KEY = AttachmentKey.create(Watched.class);

    private final HttpServerExchange exchange;
    private final String name;
    private final Duration limit;
    private final List<Run> runs = new CopyOnWriteArrayList<>();
    private final AtomicReference<Response> response = new AtomicReference<>(Response.NONE);

    /** The request of an exchange, if it is watched. */
    public static Optional<Watched> of(HttpServerExchange exchange) {
        return Optional.ofNullable(exchange.getAttachment(KEY));
    }

    Watched(HttpServerExchange exchange, Duration limit) {
        this.exchange = exchange;
        this.name = exchange.getRequestMethod() + " " + exchange.getRequestPath();
        this.limit = limit;
    }

    /** {@code GET /shop/cart} */
    String name() {
        return name;
    }

    /** What it is called in the access log and in its answer. */
    String id() {
        return RequestId.of(exchange).map(RequestId::shown).orElse("-");
    }

    /** How long a thread may run it; zero is for ever. */
    Duration limit() {
        return limit;
    }

    List<Run> runs() {
        return runs;
    }

    /**
     * The application's response is about to begin.
     *
     * @return false if the client has had another one, so that nothing more may be sent
     */
    public boolean begin() {
        return response.compareAndSet(Response.NONE, Response.BEGUN) || response.get() == Response.BEGUN;
    }

    /** Whether the client was told that the application took too long. */
    public boolean isTooLate() {
        return response.get() == Response.TOO_LATE;
    }

    /**
     * Tells the client that the application takes too long, unless its response has begun. The thread of the application may hold whatever it
     * likes, the I/O thread included, so this goes past all that it could touch, to the connection itself.
     *
     * @return whether the client was told
     */
    boolean answer() {
        if (!response.compareAndSet(Response.NONE, Response.TOO_LATE)) {
            return false;
        }
        if (exchange.getConnection() instanceof AbstractServerConnection connection) {
            try {
                var sink = connection.getOriginalSinkConduit();
                var bytes = tooLate();
                sink.write(bytes);
                if (!sink.flush() || bytes.hasRemaining()) {
                    IoUtils.safeClose(connection); // a client that does not read what it has asked for
                }
            } catch (IOException e) {
                IoUtils.safeClose(connection);
            }
        }
        return true;
    }

    private ByteBuffer tooLate() {
        var body = "503 Service Unavailable: the request took too long.\n";
        var head = """
                HTTP/1.1 503 Service Unavailable\r
                Connection: close\r
                Content-Type: text/plain;charset=utf-8\r
                Content-Length: %d\r
                X-Request-Id: %s\r
                \r
                """.formatted(body.length(), id());
        var text = exchange.getRequestMethod().equals(Methods.HEAD) ? head : head + body;
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
