package dev.narwhal.undertow.security;

import io.undertow.security.api.SecurityContext;
import io.undertow.security.idm.IdentityManager;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.form.FormEncodedDataDefinition;
import io.undertow.server.handlers.form.FormParserFactory;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.handlers.security.ServletFormAuthenticationMechanism;
import io.undertow.servlet.spec.ServletContextImpl;
import io.undertow.servlet.util.SavedRequest;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** FORM. Who logs in without having asked for a page first lands on the application's first one. */
final class FormLogin extends ServletFormAuthenticationMechanism {

    /** Under which Undertow keeps the body of the request that led to the login page. */
    private static final String SAVED_REQUEST = SavedRequest.class.getName();

    private final ServletContextImpl context;

    FormLogin(String loginPage, String errorPage, IdentityManager identities, ServletContextImpl context) {
        super(
                parsers(context),
                HttpServletRequest.FORM_AUTH,
                loginPage,
                errorPage,
                context.getContextPath() + "/",
                false,
                identities,
                true);
        this.context = context;
    }

    private static FormParserFactory parsers(ServletContextImpl context) {
        var encoding = context.getRequestCharacterEncoding();
        return FormParserFactory.builder(false)
                .addParser(new FormEncodedDataDefinition()
                        .setDefaultEncoding(encoding != null ? encoding : StandardCharsets.UTF_8.name()))
                .build();
    }

    /** Who sends more than a form may take has not logged in. */
    @Override
    public AuthenticationMechanismOutcome runFormAuth(HttpServerExchange exchange, SecurityContext security) {
        if (FormLimit.refuses(exchange)) {
            return AuthenticationMechanismOutcome.NOT_AUTHENTICATED;
        }
        try {
            return super.runFormAuth(exchange, security);
        } catch (RuntimeException e) {
            if (FormLimit.isExceeded(e)) {
                return AuthenticationMechanismOutcome.NOT_AUTHENTICATED;
            }
            throw e;
        }
    }

    /** The login page is got, whatever the request that led to it was; the error page answers what was posted. As in Tomcat. */
    @Override
    protected Integer servePage(HttpServerExchange exchange, String location) {
        var method = exchange.getRequestMethod();
        if (method.equals(Methods.POST) && exchange.getRequestPath().endsWith(DEFAULT_POST_LOCATION)) {
            return super.servePage(exchange, location);
        }
        exchange.setRequestMethod(Methods.GET);
        try {
            return super.servePage(exchange, location);
        } finally {
            exchange.setRequestMethod(method);
        }
    }

    /** Servlet 6.1 §13.6.3: by 303, so that the client asks with GET; an old one does not know it. */
    @Override
    protected void handleRedirectBack(HttpServerExchange exchange) {
        var context = exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY);
        if (exchange.getProtocol().equals(Protocols.HTTP_1_0)
                || !(context.getServletResponse() instanceof HttpServletResponse response)) {
            super.handleRedirectBack(exchange);
            return;
        }
        context.setServletResponse(new HttpServletResponseWrapper(response) {
            @Override
            public void sendRedirect(String location) throws IOException {
                sendRedirect(location, SC_SEE_OTHER);
            }
        });
        try {
            super.handleRedirectBack(exchange);
        } finally {
            context.setServletResponse(response);
        }
    }

    /** A body that an earlier request left must not be sent with this one. */
    @Override
    protected void storeInitialLocation(HttpServerExchange exchange) {
        var session = context.getSession(exchange, false);
        if (session != null) {
            session.getSession().removeAttribute(SAVED_REQUEST);
        }
        super.storeInitialLocation(exchange);
    }
}
