package dev.narwhal.undertow.security;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.ParameterLimitException;
import org.jspecify.annotations.Nullable;
import org.xnio.Option;

/**
 * How much a form may take whose fields become parameters, as Tomcat's {@code maxPostSize}. What an application reads as a stream has no limit, and
 * parts have those of their {@code @MultipartConfig}.
 */
public final class FormLimit {

    /** Bytes of a form; set for the listener, as Undertow's own limits are. */
    public static final Option<Long> MOST_BYTES = Option.simple(FormLimit.class, "MOST_BYTES", Long.class);

    private static final AttachmentKey<Boolean> LIMITED = AttachmentKey.create(Boolean.class);
    private static final String FORM = "application/x-www-form-urlencoded";

    private FormLimit() {}

    /**
     * To be asked when the body is about to be read as a form: whether it says that it takes too much. Then nothing of it is read, so that the client gets
     * an answer when it has sent it all. A form that does not say its length is read up to the limit.
     */
    public static boolean refuses(HttpServerExchange exchange) {
        if (!exchange.isRequestChannelAvailable()
                || !isForm(exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE))) {
            return false;
        }
        long most = mostBytes(exchange);
        long length = exchange.getRequestContentLength();
        if (length < 0 && exchange.putAttachment(LIMITED, true) == null) {
            exchange.addRequestWrapper((factory, _) -> new LimitedForm(factory.create(), most));
        }
        return length > most;
    }

    /** What a form may take. */
    public static long mostBytes(HttpServerExchange exchange) {
        return exchange.getConnection().getUndertowOptions().get(MOST_BYTES, Long.MAX_VALUE);
    }

    /** Whether a form could not be read because it takes more than it may, or has more fields. */
    static boolean isExceeded(RuntimeException failure) {
        return isIn(failure, RequestTooBigException.class) || isIn(failure, ParameterLimitException.class);
    }

    /** Whether that kind of exception is the reason for a failure; Undertow wraps some once and some twice. */
    public static boolean isIn(RuntimeException failure, Class<? extends Exception> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isForm(@Nullable String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, FORM, 0, FORM.length());
    }
}
