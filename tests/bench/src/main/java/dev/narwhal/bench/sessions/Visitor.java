package dev.narwhal.bench.sessions;

import dev.narwhal.bench.app.VisitsServlet;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A user with one connection and one session, who sees that no visit is lost. */
final class Visitor implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader in;
    private String cookie = "";
    private int visits;

    Visitor(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** One visit; how long it took, in nanoseconds. */
    long visit() throws IOException {
        var request = "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n".formatted(VisitsServlet.PATH, cookie);
        long start = System.nanoTime();
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var status = line();
        int length = 0;
        for (var header = line(); !header.isEmpty(); header = line()) {
            var lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("set-cookie:")) {
                cookie = "Cookie:" + header.substring("set-cookie:".length()).replaceFirst(";.*", "") + "\r\n";
            } else if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            }
        }
        var body = new char[length];
        for (int read = 0; read < length; read++) {
            body[read] = (char) in.read();
        }
        long nanos = System.nanoTime() - start;
        visits++;
        if (!status.contains(" 200 ") || Integer.parseInt(new String(body).strip()) != visits) {
            throw new IOException("visit " + visits + " was answered " + status + ": " + new String(body));
        }
        return nanos;
    }

    private String line() throws IOException {
        var line = in.readLine();
        if (line == null) {
            throw new EOFException("the server has closed the connection");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
