package dev.narwhal.undertow.security;

import io.undertow.security.api.NonceManager;
import io.undertow.security.api.SecurityContext;
import io.undertow.security.idm.DigestAlgorithm;
import io.undertow.security.idm.IdentityManager;
import io.undertow.security.impl.DigestAuthenticationMechanism;
import io.undertow.security.impl.DigestQop;
import io.undertow.server.HttpServerExchange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** DIGEST with MD5 and {@code qop=auth}; all workers know each other's nonces. */
final class DigestLogin extends DigestAuthenticationMechanism {

    DigestLogin(String realm, String contextPath, NonceManager nonces, IdentityManager identities) {
        super(
                List.of(DigestAlgorithm.MD5),
                List.of(DigestQop.AUTH),
                realm,
                contextPath,
                nonces,
                HttpServletRequest.DIGEST_AUTH,
                identities);
    }

    @Override
    public AuthenticationMechanismOutcome authenticate(HttpServerExchange exchange, SecurityContext context) {
        return context.isAuthenticationRequired()
                ? super.authenticate(exchange, context)
                : AuthenticationMechanismOutcome.NOT_ATTEMPTED;
    }
}
