package dev.narwhal.undertow.deploy;

import io.undertow.server.ConduitWrapper;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import org.xnio.conduits.StreamSinkConduit;

/**
 * What is said of the length in answer to HEAD. When a servlet or filter has written nothing, Undertow says zero, although the answer to GET has a body;
 * then nothing is said (RFC 9110 §8.6), as in Tomcat.
 */
final class HeadLength {

    /** To be added to each request that is a HEAD. */
    static final ConduitWrapper<StreamSinkConduit> AT_COMMIT = (factory, exchange) -> {
        var response =
                exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY).getOriginalResponse();
        var headers = exchange.getResponseHeaders();
        boolean given = response.getContentLength() >= 0;
        if (!given
                && exchange.getStatusCode() == StatusCodes.OK
                && "0".equals(headers.getFirst(Headers.CONTENT_LENGTH))) {
            headers.remove(Headers.CONTENT_LENGTH);
        }
        return factory.create();
    };

    private HeadLength() {}
}
