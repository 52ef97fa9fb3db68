package dev.narwhal.undertow.security;

import dev.narwhal.worker.war.Security.Access;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.handlers.security.ServletAuthenticationCallHandler;
import io.undertow.util.NetworkUtils;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks of each request what the constraints demand, in the order of Servlet 6.1 §13.8.3: denied to all, TLS, a login, a role. */
final class ConstraintHandler implements HttpHandler {

    private static final String LOGIN_POST = "/j_security_check";
    private static final int DEFAULT_TLS_PORT = 443;

    private static final Logger log = LoggerFactory.getLogger(ConstraintHandler.class);

    private final String application;
    private final Constraints constraints;
    private final Set<String> loginPages;
    private final Set<String> declaredRoles;
    private final Optional<Integer> redirectPort;
    private final HttpHandler next;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * Guards an application.
     *
     * @param application its context path, for messages
     * @param loginPages the pages of FORM, which need no login; empty without FORM
     * @param declaredRoles every role of the application
     * @param redirectPort the port of TLS, if there is one
     * @param next what is guarded
     */
    ConstraintHandler(
            String application,
            Constraints constraints,
            Set<String> loginPages,
            Set<String> declaredRoles,
            Optional<Integer> redirectPort,
            HttpHandler next) {
        this.application = application;
        this.constraints = constraints;
        this.loginPages = Set.copyOf(loginPages);
        this.declaredRoles = Set.copyOf(declaredRoles);
        this.redirectPort = redirectPort;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        var path = exchange.getRelativePath().isEmpty() ? "/" : exchange.getRelativePath();
        var demand = constraints.demand(path, exchange.getRequestMethod().toString());
        var access = loginPages.contains(path) ? Access.PERMIT : demand.access();
        if (demand.confidential() && access.rule() != Access.Rule.DENY && !exchange.isSecure()) {
            redirect(exchange);
            return;
        }
        switch (access.rule()) {
            case DENY -> {
                forbid(exchange);
                return;
            }
            case ROLES -> exchange.getSecurityContext().setAuthenticationRequired();
            case PERMIT -> {
                if (!loginPages.isEmpty() && path.endsWith(LOGIN_POST)) {
                    exchange.getSecurityContext().setAuthenticationRequired();
                }
            }
        }
        HttpHandler authorized = guarded -> authorize(access, guarded);
        new ServletAuthenticationCallHandler(authorized).handleRequest(exchange);
    }

    private void authorize(Access access, HttpServerExchange exchange) throws Exception {
        if (access.rule() == Access.Rule.ROLES && !isInRole(access, exchange)) {
            forbid(exchange);
        } else {
            next.handleRequest(exchange);
        }
    }

    private boolean isInRole(Access access, HttpServerExchange exchange) {
        var account = exchange.getSecurityContext().getAuthenticatedAccount();
        if (account == null) {
            return false;
        }
        return access.roles().stream()
                .anyMatch(role ->
                        account.getRoles().contains(role) || (role.equals("**") && !declaredRoles.contains("**")));
    }

    private static void forbid(HttpServerExchange exchange) throws IOException {
        exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY)
                .getOriginalResponse()
                .sendError(StatusCodes.FORBIDDEN);
    }

    private void redirect(HttpServerExchange exchange) throws IOException {
        if (redirectPort.isEmpty()) {
            if (warned.compareAndSet(false, true)) {
                log.warn(
                        "the application at {} demands TLS for {} (transport-guarantee), but the request came without and there"
                                + " is no https bind and no --redirect-port. Such requests are answered 403. Behind a proxy that ends"
                                + " TLS, have it send X-Forwarded-Proto from an address of --forwarded-allow-ips.",
                        application,
                        exchange.getRequestPath());
            }
            forbid(exchange);
            return;
        }
        int port = redirectPort.get();
        var query = exchange.getQueryString().isEmpty() ? "" : "?" + exchange.getQueryString();
        exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY)
                .getOriginalResponse()
                .sendRedirect("https://" + NetworkUtils.formatPossibleIpv6Address(exchange.getHostName())
                        + (port == DEFAULT_TLS_PORT ? "" : ":" + port) + exchange.getRequestURI() + query);
    }
}
