package dev.narwhal.undertow.notice;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code --reload}: what the master has to say to the developer, who looks into a browser: a page of HTML in memory of the master's, empty while there is nothing. It is
 * read for each page that a browser goes to.
 */
public final class Notice {

    /** What the page itself looks for, to see whether it still holds. */
    static final HttpString HEADER = new HttpString("X-Narwhal-Notice");

    /** With this cookie a browser gets the last good version nevertheless; its value is the one of the header. */
    private static final String PASS = "narwhal-notice";

    private static final HttpString FETCH_DESTINATION = new HttpString("Sec-Fetch-Dest");

    private static final Logger log = LoggerFactory.getLogger(Notice.class);

    private final Path page;
    private final String generation;

    /**
     * A notice board.
     *
     * @param page what the master writes
     * @param generation of this worker
     */
    public Notice(Path page, int generation) {
        this.page = page;
        this.generation = Integer.toString(generation);
    }

    /** Who answers a request in place of the application, if there is something to say and somebody who reads it. */
    public Optional<HttpHandler> instead(HttpServerExchange exchange) {
        if (!goesToPage(exchange)) {
            return Optional.empty();
        }
        exchange.putAttachment(FaultPage.READER, generation);
        var text = text();
        if (text.isEmpty() && exchange.getRequestMethod().equals(Methods.HEAD)) {
            return Optional.of(this::answerLook); // it is no request for the application
        }
        var mark = Integer.toHexString(text.hashCode());
        var cookie = exchange.getRequestCookie(PASS);
        return text.isEmpty() || (cookie != null && cookie.getValue().equals(mark))
                ? Optional.empty()
                : Optional.of(answering -> answer(answering, text, mark));
    }

    /** What scripts and other pages load is the application's. */
    private static boolean goesToPage(HttpServerExchange exchange) {
        var headers = exchange.getRequestHeaders();
        var accept = headers.getFirst(Headers.ACCEPT);
        var destination = headers.getFirst(FETCH_DESTINATION);
        boolean reads = exchange.getRequestMethod().equals(Methods.GET)
                || (exchange.getRequestMethod().equals(Methods.HEAD) && headers.contains(HEADER));
        return reads
                && accept != null
                && accept.contains("text/html")
                && (headers.contains(HEADER) || destination == null || destination.equals("document"));
    }

    private String text() {
        try {
            return Files.readString(page);
        } catch (IOException e) { // the master is gone, and this worker soon will be
            log.debug("reading what the master has to say from {}", page, e);
            return "";
        }
    }

    private void answerLook(HttpServerExchange exchange) {
        exchange.setStatusCode(StatusCodes.NO_CONTENT);
        exchange.getResponseHeaders().put(HEADER, generation).put(Headers.CACHE_CONTROL, "no-store");
        exchange.endExchange();
    }

    private static void answer(HttpServerExchange exchange, String text, String mark) {
        exchange.setStatusCode(StatusCodes.INTERNAL_SERVER_ERROR);
        exchange.getResponseHeaders()
                .put(HEADER, mark)
                .put(Headers.CACHE_CONTROL, "no-store")
                .put(Headers.CONTENT_TYPE, "text/html; charset=utf-8");
        exchange.getResponseSender().send(text);
    }
}
