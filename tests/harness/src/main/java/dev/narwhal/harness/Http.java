package dev.narwhal.harness;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * One connection that speaks HTTP/1.1 and hides nothing: no pool, no retry, no redirect. Not for several threads.
 *
 * <p>What can go wrong has a type of its own: {@link java.net.ConnectException} (refused), {@link Unanswered} (the
 * connection ended before the first byte of a response), {@link Truncated} (it ended within one), and
 * {@link SocketTimeoutException}.
 */
public final class Http implements AutoCloseable {

    /** No byte of a response came. */
    public static final class Unanswered extends IOException {
        private static final long serialVersionUID = 1;

        Unanswered(IOException cause) {
            super("the connection ended before the first byte of a response: " + cause.getMessage(), cause);
        }
    }

    /** A response began and did not end. */
    public static final class Truncated extends IOException {
        private static final long serialVersionUID = 1;

        Truncated(IOException cause) {
            super("the connection ended within a response: " + cause.getMessage(), cause);
        }
    }

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);
    private static final Duration READ_LIMIT = Duration.ofSeconds(60);

    private final Socket socket;
    private final InputStream in;

    private Http(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream());
    }

    public static Http connect(int port) throws IOException {
        return connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    }

    /** Connects by TLS and verifies the server's name. */
    public static Http connect(int port, SSLContext tls) throws IOException {
        var socket = (SSLSocket) tls.getSocketFactory().createSocket();
        try {
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) READ_LIMIT.toMillis());
            socket.connect(new InetSocketAddress("localhost", port), (int) CONNECT_LIMIT.toMillis());
            socket.startHandshake();
            return new Http(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Does the handshake on a connection that is there. */
    public static Http over(Socket connected, SSLContext tls) throws IOException {
        var socket = (SSLSocket) tls.getSocketFactory().createSocket(connected, "localhost", connected.getPort(), true);
        socket.setSoTimeout((int) READ_LIMIT.toMillis());
        socket.startHandshake();
        return new Http(socket);
    }

    /**
     * Connects.
     *
     * @param receiveBuffer the size of the receive buffer in bytes, for clients that are to look slow; 0 for the system's
     */
    public static Http connect(InetSocketAddress address, int receiveBuffer) throws IOException {
        var socket = new Socket();
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) READ_LIMIT.toMillis());
            socket.connect(address, (int) CONNECT_LIMIT.toMillis());
            return new Http(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** One request on a connection of its own. */
    public static Response get(int port, String path) throws IOException {
        try (var http = connect(port)) {
            return http.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .response();
        }
    }

    /** One request; the connection stays open. */
    public Response get(String path) throws IOException {
        return request(path).response();
    }

    /** Sends a GET and does not wait for the response. */
    public Http request(String path) throws IOException {
        try {
            return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        } catch (IOException e) {
            throw new Unanswered(e);
        }
    }

    /** Writes these characters, nothing else. */
    public Http send(String raw) throws IOException {
        return send(raw.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Http send(byte[] raw) throws IOException {
        socket.getOutputStream().write(raw);
        return this;
    }

    public Http readLimit(Duration limit) throws IOException {
        socket.setSoTimeout((int) limit.toMillis());
        return this;
    }

    /** Whether the server has ended the connection, waiting for that until the read limit. Discards what it sent. */
    public boolean ended() throws IOException {
        try {
            while (in.read() >= 0) {
                // what the server still sent
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** Reads the response of a request that is not HEAD. Interim responses (1xx) are passed over. */
    public Response response() throws IOException {
        return response(true);
    }

    /**
     * Reads a response.
     *
     * @param hasBody false after HEAD
     */
    public Response response(boolean hasBody) throws IOException {
        var status = statusLine();
        try {
            var headers = headers();
            if (status < 200) {
                return response(hasBody);
            }
            boolean empty = !hasBody || status == 204 || status == 304;
            return new Response(status, headers, empty ? new byte[0] : body(headers));
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw new Truncated(e);
        }
    }

    private int statusLine() throws IOException {
        int first;
        try {
            first = in.read();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw new Unanswered(e);
        }
        if (first < 0) {
            throw new Unanswered(new EOFException("end of stream"));
        }
        var line = (char) first + line();
        if (!line.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
            throw new IOException("reading a response: '" + line + "' is no status line");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private Map<String, String> headers() throws IOException {
        var headers = new HashMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IOException("reading a response: '" + line + "' is no header");
            }
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (one, two) -> one + ", " + two);
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return chunks();
        }
        var length = headers.get("content-length");
        return length == null ? in.readAllBytes() : exactly(Integer.parseInt(length));
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line().replaceFirst(";.*", "").strip(), 16);
            if (size == 0) {
                headers(); // trailers
                return body.toByteArray();
            }
            body.writeBytes(exactly(size));
            if (!line().isEmpty()) {
                throw new IOException("reading a chunk: no line end after its " + size + " bytes");
            }
        }
    }

    private byte[] exactly(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("end of stream after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    /** The rest of the line, without its end. */
    public String line() throws IOException {
        var line = new StringBuilder();
        while (true) {
            int next = in.read();
            switch (next) {
                case -1 -> throw new EOFException("end of stream in a line");
                case '\r' -> {
                    // a line feed follows
                }
                case '\n' -> {
                    return line.toString();
                }
                default -> line.append((char) next);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
