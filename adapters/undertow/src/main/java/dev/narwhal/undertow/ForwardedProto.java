package dev.narwhal.undertow;

import dev.narwhal.contract.Network;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.Locale;

/** Believes a trusted proxy that the client came by TLS: scheme, {@code isSecure} and the default port follow. */
final class ForwardedProto {

    private static final HttpString HEADER = new HttpString("X-Forwarded-Proto");

    private final List<Network> trusted;

    ForwardedProto(List<Network> trusted) {
        this.trusted = trusted;
    }

    void apply(HttpServerExchange exchange) {
        var values = exchange.getRequestHeaders().get(HEADER);
        if (values != null && isTrusted(exchange)) {
            // Each proxy on the way adds its own; the way was safe if all of it was.
            boolean secure = List.of(String.join(",", values).split(",", -1)).stream()
                    .allMatch(value -> value.strip().toLowerCase(Locale.ROOT).equals("https"));
            exchange.setRequestScheme(secure ? "https" : "http");
        }
    }

    private boolean isTrusted(HttpServerExchange exchange) {
        var address = exchange.getSourceAddress().getAddress();
        return address != null && trusted.stream().anyMatch(network -> network.contains(address));
    }
}
