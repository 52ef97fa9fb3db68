package dev.narwhal.harness;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A WebSocket of a client, with what the server has sent on it. */
public final class Socket implements AutoCloseable {

    private static final long LIMIT_SECONDS = 20;

    private final HttpClient client;
    private final WebSocket webSocket;
    private final Received received;

    private Socket(HttpClient client, WebSocket webSocket, Received received) {
        this.client = client;
        this.webSocket = webSocket;
        this.received = received;
    }

    /**
     * Shakes hands.
     *
     * @param url of HTTP, as servers log it
     * @param cookie sent with the handshake; empty for none
     */
    public static Socket connect(String url, String cookie, String... subprotocols) {
        return connect(HttpClient.newHttpClient(), url, cookie, subprotocols);
    }

    /** Shakes hands by TLS. */
    public static Socket connect(String url, SSLContext tls) {
        return connect(HttpClient.newBuilder().sslContext(tls).build(), url.replaceFirst("^http:", "https:"), "");
    }

    private static Socket connect(HttpClient client, String url, String cookie, String... subprotocols) {
        var received = new Received();
        var builder = client.newWebSocketBuilder();
        if (!cookie.isEmpty()) {
            builder.header("Cookie", cookie);
        }
        if (subprotocols.length > 0) {
            builder.subprotocols(subprotocols[0], Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
        }
        var uri = URI.create(url.replaceFirst("^http", "ws"));
        return new Socket(client, await(builder.buildAsync(uri, received)), received);
    }

    public static Socket connect(String url) {
        return connect(url, "");
    }

    public String subprotocol() {
        return webSocket.getSubprotocol();
    }

    public Socket send(String text) {
        await(webSocket.sendText(text, true));
        return this;
    }

    public Socket send(byte[] bytes) {
        await(webSocket.sendBinary(ByteBuffer.wrap(bytes), true));
        return this;
    }

    /** Sends as much as the server takes. Completes when it has taken it. */
    public CompletableFuture<WebSocket> sendAsync(String text) {
        return webSocket.sendText(text, true);
    }

    public Socket ping() {
        await(webSocket.sendPing(ByteBuffer.wrap(new byte[] {1, 2, 3})));
        return this;
    }

    public void close(int code) {
        await(webSocket.sendClose(code, ""));
    }

    /** The next message. A binary one is {@code N bytes}, a pong {@code pong}. */
    public String next() {
        try {
            var message = received.messages.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError(
                        "waiting for a message: none within " + LIMIT_SECONDS + " s, " + received.closed);
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a message", e);
        }
    }

    /** With what code the server closes the socket. */
    public int closeCode() {
        return await(received.closed);
    }

    @Override
    public void close() {
        webSocket.abort();
        client.shutdownNow();
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("waiting for a WebSocket: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a WebSocket", e);
        }
    }

    private static final class Received implements WebSocket.Listener {

        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private int bytes;

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            bytes += data.remaining();
            if (last) {
                messages.add(bytes + " bytes");
                bytes = 0;
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
            messages.add("pong");
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
