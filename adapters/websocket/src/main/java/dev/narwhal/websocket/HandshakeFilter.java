package dev.narwhal.websocket;

import io.undertow.util.PathTemplateMatcher;
import io.undertow.websockets.jsr.ConfiguredServerEndpoint;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Takes WebSocket handshakes for the paths of endpoints; a filter, so that ordinary requests for the same paths go on to servlets. */
final class HandshakeFilter implements Filter {

    private final Container container;
    private final PathTemplateMatcher<ConfiguredServerEndpoint> endpoints = new PathTemplateMatcher<>();

    HandshakeFilter(Container container) {
        this.container = container;
    }

    @Override
    public void init(FilterConfig config) {
        for (var endpoint : container.getConfiguredServerEndpoints()) {
            new EndpointMethods(container).adapt(endpoint.getAnnotatedEndpointFactory());
            endpoints.add(endpoint.getPathTemplate(), endpoint);
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var http = (HttpServletRequest) request;
        if (Upgrade.isAskedFor(http)) {
            var match = endpoints.match(path(http));
            if (match != null) {
                new Upgrade(container, match.getValue(), match.getParameters())
                        .answer(http, (HttpServletResponse) response);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private static String path(HttpServletRequest request) {
        var info = request.getPathInfo();
        return info == null ? request.getServletPath() : request.getServletPath() + info;
    }
}
