package dev.narwhal.undertow;

import dev.narwhal.contract.ScoreboardSlot;
import dev.narwhal.undertow.accept.AcceptGate;
import dev.narwhal.undertow.accept.Connections;
import dev.narwhal.undertow.accept.InFlight;
import dev.narwhal.undertow.deploy.Apps;
import dev.narwhal.undertow.dispatch.Dispatcher;
import dev.narwhal.undertow.identity.RequestId;
import dev.narwhal.undertow.identity.RequestIds;
import dev.narwhal.undertow.notice.Notice;
import dev.narwhal.undertow.sticky.HandOver;
import dev.narwhal.undertow.watch.RequestWatch;
import dev.narwhal.undertow.watch.Watched;
import io.undertow.server.Connectors;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ResponseCommitListener;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.util.Optional;
import java.util.OptionalInt;
import org.xnio.IoUtils;

/**
 * The root handler: every request begins and ends here. Counts it in the scoreboard, sends it to its thread, and while the worker drains
 * answers with {@code Connection: close}.
 */
final class RequestGate implements HttpHandler {

    private final ScoreboardSlot slot;
    private final Connections connections;
    private final AcceptGate gate;
    private final Dispatcher dispatcher;
    private final Apps apps;
    private final ForwardedProto forwarded;
    private final Optional<HandOver> handOver;
    private final Optional<RequestWatch> watch;
    private final Optional<AccessLine> accessLine;
    private final Optional<WaitingRoom> room;
    private final RequestIds ids;
    private final Optional<Notice> notice;
    private final ResponseCommitListener closing = this::committing;
    private volatile boolean draining;

    RequestGate(
            ScoreboardSlot slot,
            Connections connections,
            AcceptGate gate,
            Dispatcher dispatcher,
            Apps apps,
            ForwardedProto forwarded,
            Optional<HandOver> handOver,
            Optional<RequestWatch> watch,
            Optional<AccessLine> accessLine,
            Optional<WaitingRoom> room,
            RequestIds ids,
            Optional<Notice> notice) {
        this.slot = slot;
        this.connections = connections;
        this.gate = gate;
        this.dispatcher = dispatcher;
        this.apps = apps;
        this.forwarded = forwarded;
        this.handOver = handOver;
        this.watch = watch;
        this.accessLine = accessLine;
        this.room = room;
        this.ids = ids;
        this.notice = notice;
    }

    /** From now on every answer is the last one on its connection, also those to requests that are in flight already. */
    void closeConnections() {
        draining = true;
    }

    /** Takes that back. */
    void keepConnections() {
        draining = false;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        var connection = connections.of(exchange);
        long now = System.nanoTime();
        var request = new InFlight(exchange, now);
        connection.busy(request);
        ids.name(exchange);
        int ticket = slot.begin(exchange.getRequestMethod().toString(), exchange.getRequestPath(), now);
        var ending = new Ending(connection, ticket, request, exchange.getRequestMethod());
        exchange.addExchangeCompleteListener(ending);
        exchange.addResponseCommitListener(closing);
        UnreadBody.await(exchange, connections, connection);
        switch (arrival(exchange)) {
            case DIRECT -> {
                forwarded.apply(exchange);
                var target = target(exchange);
                var owner = owner(exchange, target);
                if (owner.isPresent()) {
                    handOver(exchange, ending, target, owner.getAsInt());
                } else {
                    dispatch(exchange, target, ending);
                }
            }
            case HANDED -> {
                ids.take(exchange);
                dispatch(exchange, target(exchange), ending);
            }
            case FORGED -> dispatch(exchange, Apps.REFUSED, ending);
        }
    }

    private void dispatch(HttpServerExchange exchange, Apps.Target target, Ending ending) {
        watch.ifPresent(each -> each.watch(exchange));
        ending.next = notice.flatMap(page -> page.instead(exchange)).orElse(target.handler());
        if (room.isEmpty() || room.get().enters(ending.request)) {
            dispatcher.dispatch(exchange, target.route(), ending);
        }
    }

    private HandOver.Arrival arrival(HttpServerExchange exchange) {
        return handOver.isPresent() ? handOver.get().arrival(exchange) : HandOver.Arrival.DIRECT;
    }

    private Apps.Target target(HttpServerExchange exchange) {
        disarmCookies(exchange);
        return canonicalize(exchange) ? apps.target(exchange) : Apps.REFUSED;
    }

    /** A cookie by the name of {@code $Version} once was none but a number (RFC 2109); Undertow fails if it is none. */
    private static void disarmCookies(HttpServerExchange exchange) {
        var headers = exchange.getRequestHeaders().get(Headers.COOKIE);
        if (headers != null && headers.stream().anyMatch(header -> header.contains("$Version"))) {
            exchange.getRequestHeaders()
                    .putAll(
                            Headers.COOKIE,
                            headers.stream()
                                    .map(header -> header.replace("$Version", "$version"))
                                    .toList());
        }
    }

    private OptionalInt owner(HttpServerExchange exchange, Apps.Target target) {
        return handOver.isEmpty()
                ? OptionalInt.empty()
                : target.sessionId(exchange).map(id -> handOver.get().owner(id)).orElseGet(OptionalInt::empty);
    }

    /** Another worker dispatches, and logs, the request. */
    private void handOver(HttpServerExchange exchange, Ending ending, Apps.Target target, int owner) {
        ending.request.handedOver(true);
        RequestIds.handOver(exchange);
        try {
            handOver.orElseThrow().send(exchange, owner, unreachable -> {
                ending.request.handedOver(false);
                RequestIds.takeBack(unreachable);
                dispatch(unreachable, target, ending);
            });
        } catch (Exception e) {
            throw new IllegalStateException("handing a request over to another worker", e);
        }
    }

    /** Returns false for a path that is to be refused. */
    private static boolean canonicalize(HttpServerExchange exchange) {
        var uri = exchange.getRequestURI();
        int start = exchange.isHostIncludedInRequestURI() ? uri.indexOf('/', uri.indexOf("//") + 2) : 0;
        if (start < 0 || !uri.startsWith("/", start)) {
            return true; // no path: OPTIONS *, or http://host
        }
        var raw = start == 0 ? uri : uri.substring(start);
        if (RequestPath.isCanonical(raw)) {
            return true;
        }
        var path = RequestPath.canonical(raw);
        path.ifPresent(canonical -> {
            exchange.setRequestPath(canonical);
            exchange.setRelativePath(canonical);
        });
        return path.isPresent();
    }

    private void committing(HttpServerExchange exchange) {
        if (Watched.of(exchange).filter(watched -> !watched.begin()).isPresent()) {
            IoUtils.safeClose(exchange.getConnection());
        }
        var language = exchange.getResponseHeaders().getFirst(Headers.CONTENT_LANGUAGE);
        if (language != null && language.endsWith("-")) {
            // Undertow's way to write a locale without a country
            exchange.getResponseHeaders().put(Headers.CONTENT_LANGUAGE, language.substring(0, language.length() - 1));
        }
        for (var cookie : exchange.responseCookies()) {
            var sameSite = cookie.getAttribute("SameSite");
            if (sameSite != null && !cookie.isSameSite()) {
                cookie.setSameSiteMode(sameSite);
            }
        }
        if (exchange.getAttachment(HttpAttachments.RESPONSE_TRAILER_SUPPLIER) != null && exchange.isHttp11()) {
            // Also for the last response of a connection, whose end Undertow marks by closing it
            exchange.getResponseHeaders().put(Headers.TRANSFER_ENCODING, "chunked");
        }
        RequestId.of(exchange)
                .filter(_ -> !exchange.getResponseHeaders().contains(RequestId.HEADER))
                .ifPresent(id -> exchange.getResponseHeaders().put(RequestId.HEADER, id.shown()));
        if (draining && !exchange.isUpgrade()) {
            exchange.setPersistent(false);
        }
    }

    /** One request, from its headers to the end of its answer; between them it waits for a thread, which enters it here. */
    private final class Ending implements Runnable, HttpHandler, ExchangeCompletionListener {

        private final Connections.Tracked connection;
        private final int ticket;
        private final InFlight request;
        private final HttpString method;
        private HttpHandler next = Apps.REFUSED.handler();

        private Ending(Connections.Tracked connection, int ticket, InFlight request, HttpString method) {
            this.connection = connection;
            this.ticket = ticket;
            this.request = request;
            this.method = method;
        }

        @Override
        public void run() {
            if (!request.threadEnters()) {
                dispatcher.ended();
                return;
            }
            room.ifPresent(WaitingRoom::left);
            Connectors.executeRootHandler(this, request.exchange());
        }

        @Override
        public void handleRequest(HttpServerExchange exchange) throws Exception {
            slot.threadEnters();
            try {
                next.handleRequest(exchange);
            } finally {
                slot.threadLeaves();
                request.threadLeaves();
            }
        }

        @Override
        public void exchangeEvent(HttpServerExchange exchange, NextListener nextListener) {
            try {
                if (exchange.isUpgrade()) {
                    connections.upgraded(connection);
                } else {
                    connection.idle();
                }
                slot.end(ticket);
                if (!request.isHandedOver()) {
                    count(exchange);
                }
                exchange.setRequestMethod(method); // an error page has made it GET
                if (!request.isHandedOver()) {
                    accessLine.ifPresent(line -> line.log(exchange, status(exchange), request.waited()));
                }
                if (!request.isHandedOver() && !request.isRefused()) {
                    dispatcher.ended();
                }
                gate.requestEnded();
            } finally {
                if (exchange.isInIoThread()) {
                    nextListener.proceed();
                } else {
                    connection.finish(nextListener::proceed);
                }
            }
        }

        private static int status(HttpServerExchange exchange) {
            return Watched.of(exchange).filter(Watched::isTooLate).isPresent()
                    ? StatusCodes.SERVICE_UNAVAILABLE
                    : exchange.getStatusCode();
        }

        private void count(HttpServerExchange exchange) {
            long took = System.nanoTime() - request.begun();
            slot.answers().waited(request.waited());
            if (exchange.isResponseStarted()) {
                slot.answers().answered(status(exchange), took);
            } else {
                slot.answers().unanswered(took);
            }
        }
    }
}
