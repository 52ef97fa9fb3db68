package dev.narwhal.harness;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers each request of a connection with the next of its texts, then ends the connection. */
final class CannedServer implements AutoCloseable {

    private final ServerSocket socket;
    private final String[] answers;

    CannedServer(String... answers) throws IOException {
        this.answers = answers.clone();
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nX-Worker: 7\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var requests = connection.getInputStream();
            for (var answer : answers) {
                if (!skipRequest(requests)) {
                    return;
                }
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            }
            skipRequest(requests);
        } catch (IOException _) {
            // the client went away, which is its right
        }
    }

    private static boolean skipRequest(InputStream in) throws IOException {
        var end = "\r\n\r\n";
        int matched = 0;
        while (matched < end.length()) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            matched = next == end.charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
