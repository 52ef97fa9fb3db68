package dev.narwhal.undertow.deploy;

import io.undertow.conduits.HeadStreamSinkConduit;
import io.undertow.server.ConduitWrapper;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import org.xnio.conduits.StreamSinkConduit;

/** A 205, which says that it has no body and has none (RFC 9110 §15.3.6), whatever is written, as in Tomcat. Of 204 and 304, Undertow sees to that. */
final class ResetContent {

    /** To be added to each request. */
    static final ConduitWrapper<StreamSinkConduit> AT_COMMIT = (factory, exchange) -> {
        if (exchange.getStatusCode() != StatusCodes.RESET_CONTENT) {
            return factory.create();
        }
        var headers = exchange.getResponseHeaders();
        headers.remove(Headers.TRANSFER_ENCODING);
        headers.put(Headers.CONTENT_LENGTH, "0");
        return new HeadStreamSinkConduit(factory.create(), _ -> {}, true);
    };

    private ResetContent() {}
}
