package dev.narwhal.undertow.identity;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HttpString;
import java.util.Optional;

/**
 * What a request is called.
 *
 * @param own no other request of this server has it, as {@code ServletRequest.getRequestId} promises (Servlet 6.1); a client may send the same
 *     header twice
 * @param shown in the answer and in logs: the client's, if it sent one that is fit for them, otherwise the own one
 */
public record RequestId(String own, String shown) {

    /** In and out. */
    public static final HttpString HEADER = new HttpString("X-Request-Id");

    private static final int LONGEST = 128;

    static final AttachmentKey<RequestId> KEY = AttachmentKey.create(RequestId.class);

    /** That of an exchange which has come through the root handler. */
    public static Optional<RequestId> of(HttpServerExchange exchange) {
        return Optional.ofNullable(exchange.getAttachment(KEY));
    }

    /** Whether what a client sent can stand in a line of a log, and in a header, as it is. */
    static boolean isFit(String id) {
        if (id.isEmpty() || id.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean word = c < 0x80 && Character.isLetterOrDigit(c);
            if (!word && "-_.~:/+=@".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
