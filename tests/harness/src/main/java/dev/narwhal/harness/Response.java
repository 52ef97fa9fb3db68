package dev.narwhal.harness;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An HTTP response. */
public final class Response {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * A response.
     *
     * @param headers by lower-case name; the values of a repeated header are joined by a comma and a blank
     */
    Response(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    public int status() {
        return status;
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** How many bytes the body has. */
    public int length() {
        return body.length;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The pid of the worker that answered, when the application told. */
    public Optional<Long> worker() {
        return header("X-Worker").map(Long::valueOf);
    }

    /** Whether the server ends the connection after this response. */
    public boolean closes() {
        return header("Connection")
                .filter(value -> value.equalsIgnoreCase("close"))
                .isPresent();
    }

    @Override
    public String toString() {
        return "HTTP " + status + " " + headers + " " + body.length + " bytes";
    }
}
