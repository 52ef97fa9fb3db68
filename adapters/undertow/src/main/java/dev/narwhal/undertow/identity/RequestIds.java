package dev.narwhal.undertow.identity;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Names requests: a random part that is this worker's, and a number. */
public final class RequestIds {

    private static final int RANDOM_BYTES = 6;

    /** Between workers: the id of a request that came without one, or with one that was not fit. */
    private static final HttpString GIVEN = new HttpString("X-Narwhal-Request-Id");

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

    /** The request will come to another worker, which is to call it the same; that a client has not named it is to stay so for the application. */
    public static void handOver(HttpServerExchange exchange) {
        takeBack(exchange); // a client may have sent it
        RequestId.of(exchange)
                .filter(id -> id.shown().equals(id.own()))
                .ifPresent(id -> exchange.getRequestHeaders().put(GIVEN, id.shown()));
    }

    /** Nobody takes the request: it stays here. */
    public static void takeBack(HttpServerExchange exchange) {
        exchange.getRequestHeaders().remove(GIVEN);
    }

    /** Names a request that another worker has handed over, as {@link #name} did there. */
    public void take(HttpServerExchange exchange) {
        var given = exchange.getRequestHeaders().getFirst(GIVEN);
        if (given != null) {
            takeBack(exchange);
            RequestId.of(exchange).ifPresent(id -> keep(exchange, new RequestId(id.own(), given)));
        }
    }

    private static RequestId keep(HttpServerExchange exchange, RequestId id) {
        exchange.putAttachment(RequestId.KEY, id);
        return id;
    }
}
