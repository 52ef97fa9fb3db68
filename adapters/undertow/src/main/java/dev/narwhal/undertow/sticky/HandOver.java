package dev.narwhal.undertow.sticky;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/**
 * Gives requests to the worker that has their session, and takes those that other workers give to this one. A header says where the client
 * really is; it begins with a secret of the server's processes, without which nothing is taken on the port for it.
 */
public final class HandOver {

    /** What a request is that has come in. */
    public enum Arrival {
        /** From a client. */
        DIRECT,
        /** From another worker; it looks now as the client sent it. */
        HANDED,
        /** From nobody who should know the port. */
        FORGED
    }

    private static final HttpString HEADER = new HttpString("X-Narwhal-Handed-Over");

    /** Those that Undertow's proxy adds. */
    private static final List<HttpString> ADDED = List.of(
            Headers.X_FORWARDED_FOR,
            Headers.X_FORWARDED_PROTO,
            Headers.X_FORWARDED_HOST,
            Headers.X_FORWARDED_SERVER,
            Headers.X_FORWARDED_PORT);

    private final Owners owners;
    private final String token;
    private final ProxyHandler proxy;
    private volatile int port;

    /** @param secret that only the server's processes know */
    public HandOver(Owners owners, byte[] secret) {
        this.owners = owners;
        this.token = token(secret);
        this.proxy = ProxyHandler.builder()
                .setProxyClient(new Sender())
                .setReuseXForwarded(true)
                .setMaxConnectionRetries(0)
                .build();
    }

    private static String token(byte[] secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("hand over".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(secret));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** From now on other workers may hand over. */
    public void open(int port) {
        this.port = port;
        owners.listensAt(port);
    }

    /** Who has the session; empty if this worker is to look for it. */
    public OptionalInt owner(String id) {
        return owners.otherThanThis(id);
    }

    /**
     * Gives a request away.
     *
     * @param to the port of its owner
     * @param otherwise what is done with it if there is nobody any more
     */
    public void send(HttpServerExchange exchange, int to, HttpHandler otherwise) throws Exception {
        var headers = exchange.getRequestHeaders();
        headers.put(HEADER, description(exchange, headers));
        var resolved = exchange.getResolvedPath();
        var relative = exchange.getRelativePath();
        exchange.setResolvedPath(""); // the proxy would take it away
        exchange.putAttachment(Sender.TARGET, new Sender.Target(to, unreachable -> {
            unreachable.getRequestHeaders().remove(HEADER);
            unreachable.setResolvedPath(resolved);
            unreachable.setRelativePath(relative);
            otherwise.handleRequest(unreachable);
        }));
        proxy.handleRequest(exchange);
    }

    private String description(HttpServerExchange exchange, HeaderMap headers) {
        var there = new StringBuilder();
        ADDED.forEach(name -> there.append(headers.contains(name) ? '1' : '0'));
        var source = exchange.getSourceAddress();
        var destination = exchange.getDestinationAddress();
        return String.join(
                ";",
                token,
                source.getAddress().getHostAddress(),
                Integer.toString(source.getPort()),
                destination.getAddress().getHostAddress(),
                Integer.toString(destination.getPort()),
                exchange.getRequestScheme(),
                there);
    }

    /** Looks where a request comes from, and makes one of another worker's look as if it had come here. */
    public Arrival arrival(HttpServerExchange exchange) {
        if (exchange.getConnection().getLocalAddress(InetSocketAddress.class).getPort() != port) {
            return Arrival.DIRECT;
        }
        var headers = exchange.getRequestHeaders();
        var description = headers.getFirst(HEADER);
        var parts = description == null ? new String[0] : description.split(";", -1);
        if (parts.length != 7
                || !MessageDigest.isEqual(
                        parts[0].getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8))) {
            return Arrival.FORGED;
        }
        headers.remove(HEADER);
        exchange.setSourceAddress(address(parts[1], parts[2]));
        exchange.setDestinationAddress(address(parts[3], parts[4]));
        exchange.setRequestScheme(parts[5]);
        for (int i = 0; i < ADDED.size(); i++) {
            if (parts[6].charAt(i) == '0') {
                headers.remove(ADDED.get(i));
            }
        }
        var forwardedFor = headers.getFirst(Headers.X_FORWARDED_FOR);
        if (forwardedFor != null) {
            headers.put(Headers.X_FORWARDED_FOR, forwardedFor.replaceFirst(",[^,]*$", ""));
        }
        return Arrival.HANDED;
    }

    private static InetSocketAddress address(String host, String port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), Integer.parseInt(port));
    }
}
