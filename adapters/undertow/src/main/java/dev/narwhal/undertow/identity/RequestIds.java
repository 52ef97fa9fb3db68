package dev.narwhal.undertow.identity;

import io.undertow.server.HttpServerExchange;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Names requests: a random part that is this worker's, and a number. */
public final class RequestIds {

    private static final int RANDOM_BYTES = 6;

    private final String worker;
    private final AtomicLong last = new AtomicLong();

    public RequestIds(SecureRandom random) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        worker = HexFormat.of().formatHex(bytes) + "-";
    }

    /** Names a request that begins. */
    public RequestId name(HttpServerExchange exchange) {
        var own = worker + Long.toHexString(last.incrementAndGet());
        var sent = exchange.getRequestHeaders().getFirst(RequestId.HEADER);
        return keep(exchange, new RequestId(own, sent != null && RequestId.isFit(sent) ? sent : own));
    }

    /** The request will come to another worker, which is to call it the same. */
    public static void handOver(HttpServerExchange exchange) {
        RequestId.of(exchange).ifPresent(id -> exchange.getRequestHeaders().put(RequestId.HEADER, id.shown()));
    }

    private static RequestId keep(HttpServerExchange exchange, RequestId id) {
        exchange.putAttachment(RequestId.KEY, id);
        return id;
    }
}
