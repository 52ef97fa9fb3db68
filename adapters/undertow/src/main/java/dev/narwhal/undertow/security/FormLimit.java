package dev.narwhal.undertow.security;

import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.undertow.server.handlers.form.FormDataParser;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.ParameterLimitException;
import java.io.IOException;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.xnio.Option;

/**
 * How much a form may take whose fields become parameters, as Tomcat's {@code maxPostSize}. What an application reads as a stream has no limit, and
 * files have those of their {@code @MultipartConfig}.
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

    /**
     * To be asked when the body was read as a form, and before it becomes parameters: fields of a multipart body are forms of their own, and a query's
     * parameters count, too, as in Tomcat.
     *
     * @throws RequestTooBigException if the texts take more than a form may
     * @throws ParameterLimitException if there are too many parameters
     */
    public static void measure(HttpServerExchange exchange) throws IOException, ParameterLimitException {
        var form = exchange.getAttachment(FormDataParser.FORM_DATA);
        if (form == null) {
            return;
        }
        long bytes = 0;
        int parameters = exchange.getQueryParameters().values().stream()
                .mapToInt(Deque::size)
                .sum();
        for (var name : form) {
            for (var value : form.get(name)) {
                if (!value.isFileItem() || value.isBigField()) {
                    parameters++;
                    bytes += value.isFileItem()
                            ? value.getFileItem().getFileSize()
                            : value.getValue().length();
                }
            }
        }
        if (bytes > mostBytes(exchange)) {
            throw new RequestTooBigException("the texts of a form take " + bytes + " bytes");
        }
        if (parameters > mostParameters(exchange)) {
            throw new ParameterLimitException("a form has " + parameters + " parameters with those of its query");
        }
    }

    private static int mostParameters(HttpServerExchange exchange) {
        return exchange.getConnection()
                .getUndertowOptions()
                .get(UndertowOptions.MAX_PARAMETERS, UndertowOptions.DEFAULT_MAX_PARAMETERS);
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
