package dev.narwhal.undertow.security;

import io.undertow.security.api.AuthenticationMechanism;
import io.undertow.security.api.SecurityContext;
import io.undertow.server.HttpServerExchange;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** CLIENT-CERT on a server whose listeners have no TLS: nobody can show a certificate, so whoever must is answered 403. */
final class CertificateLogin implements AuthenticationMechanism {

    private static final Logger log = LoggerFactory.getLogger(CertificateLogin.class);

    private final String application;
    private final AtomicBoolean warned = new AtomicBoolean();

    CertificateLogin(String application) {
        this.application = application;
    }

    @Override
    public AuthenticationMechanismOutcome authenticate(HttpServerExchange exchange, SecurityContext context) {
        return AuthenticationMechanismOutcome.NOT_ATTEMPTED;
    }

    @Override
    public ChallengeResult sendChallenge(HttpServerExchange exchange, SecurityContext context) {
        if (warned.compareAndSet(false, true)) {
            log.warn(
                    "the application at {} asks for a client certificate (CLIENT-CERT), which needs TLS; no listener has it."
                            + " Such requests are answered 403.",
                    application);
        }
        return ChallengeResult.NOT_SENT;
    }
}
