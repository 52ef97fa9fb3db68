package dev.narwhal.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A connection with at most one request in flight, and the cookie that the first answer has set. */
final class ClientConnection {

    private static final Pattern SET_COOKIE = Pattern.compile("(?i)\r\nset-cookie: *([^;\r]+)");

    private final SocketChannel channel;
    private final SelectionKey key;
    private ByteBuffer request;
    private boolean known;
    private final ResponseParser parser = new ResponseParser();
    private long sentAt;
    private boolean awaiting;

    private ClientConnection(SocketChannel channel, SelectionKey key, ByteBuffer request) {
        this.channel = channel;
        this.key = key;
        this.request = request;
    }

    /** Starts to connect; the key that becomes ready has the connection attached. */
    static ClientConnection open(Selector selector, SocketAddress address, ByteBuffer request) throws IOException {
        var channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(address);
            // One that is connected already is ready all the same: finishConnect answers true.
            var key = channel.register(selector, SelectionKey.OP_CONNECT);
            var connection = new ClientConnection(channel, key, request.duplicate());
            key.attach(connection);
            return connection;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    ResponseParser answer() {
        return parser;
    }

    boolean awaiting() {
        return awaiting;
    }

    /** When the request in flight was sent, in {@link System#nanoTime}. */
    long sentAt() {
        return sentAt;
    }

    boolean connect() throws IOException {
        return channel.finishConnect();
    }

    void send(long now) throws IOException {
        parser.reset();
        request.clear();
        sentAt = now;
        awaiting = true;
        write();
    }

    /** Goes on sending a request of which the kernel has taken only a part. */
    void write() throws IOException {
        channel.write(request);
        int interest = request.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }

    /**
     * Reads what has come.
     *
     * @param buffer direct, shared by all connections, as is {@code bytes}, which has its size
     * @return whether the answer is complete
     */
    boolean read(ByteBuffer buffer, byte[] bytes) throws IOException {
        int length = channel.read(buffer.clear());
        if (length < 0) {
            throw new EOFException(
                    awaiting && parser.untouched()
                            ? "the server closed the connection instead of answering"
                            : awaiting
                                    ? "the server closed the connection within an answer"
                                    : "the server closed an idle connection");
        }
        buffer.flip().get(bytes, 0, length);
        if (!awaiting && length > 0) {
            throw new ProtocolException("bytes that no request asked for");
        }
        if (parser.parse(bytes, 0, length) < length) {
            throw new ProtocolException("bytes after an answer");
        }
        awaiting = !parser.done();
        if (!known && !awaiting) {
            known = true;
            keepCookie(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
        }
        return !awaiting;
    }

    /** Of the first answer, if it sets one: all further requests have it, as those of a browser. */
    private void keepCookie(String answer) {
        var cookie = SET_COOKIE.matcher(answer);
        if (cookie.find()) {
            var header = ("Cookie: " + cookie.group(1) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
            int lines = request.capacity() - 2; // without the empty one
            request = ByteBuffer.allocateDirect(lines + header.length)
                    .put(request.clear().limit(lines))
                    .put(header)
                    .flip();
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // It is gone either way.
        }
    }
}
