package dev.narwhal.undertow.security;

import io.undertow.security.api.SecurityContext;
import io.undertow.security.idm.IdentityManager;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.form.FormEncodedDataDefinition;
import io.undertow.server.handlers.form.FormParserFactory;
import io.undertow.servlet.handlers.security.ServletFormAuthenticationMechanism;
import io.undertow.servlet.spec.ServletContextImpl;
import io.undertow.servlet.util.SavedRequest;
import jakarta.servlet.http.HttpServletRequest;
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
