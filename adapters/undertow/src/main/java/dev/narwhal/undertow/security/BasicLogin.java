package dev.narwhal.undertow.security;

import io.undertow.security.api.SecurityContext;
import io.undertow.security.idm.IdentityManager;
import io.undertow.security.impl.BasicAuthenticationMechanism;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** BASIC in UTF-8 (RFC 7617). Credentials on pages that need none are left to the application, as Tomcat does. */
final class BasicLogin extends BasicAuthenticationMechanism {

    private final String challenge;

    BasicLogin(String realm, IdentityManager identities) {
        super(realm, HttpServletRequest.BASIC_AUTH, false, identities, StandardCharsets.UTF_8, Map.of());
        challenge = "Basic realm=\"%s\", charset=\"UTF-8\"".formatted(quoted(realm));
    }

    /** For a quoted string of a header. */
    static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
    }

    @Override
    public AuthenticationMechanismOutcome authenticate(HttpServerExchange exchange, SecurityContext context) {
        return context.isAuthenticationRequired()
                ? super.authenticate(exchange, context)
                : AuthenticationMechanismOutcome.NOT_ATTEMPTED;
    }

    @Override
    public ChallengeResult sendChallenge(HttpServerExchange exchange, SecurityContext context) {
        exchange.getResponseHeaders().add(Headers.WWW_AUTHENTICATE, challenge);
        return new ChallengeResult(true, StatusCodes.UNAUTHORIZED);
    }
}
