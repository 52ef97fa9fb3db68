package dev.narwhal.undertow.security;

import io.undertow.security.api.AuthenticationMechanism;
import io.undertow.security.api.SecurityContext;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RenegotiationRequiredException;
import io.undertow.util.StatusCodes;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CLIENT-CERT: the user whose name is the subject of the certificate that the connection's client has shown, and that TLS has verified. As on
 * Tomcat, whoever has shown none or is not known is answered 401.
 */
final class CertificateLogin implements AuthenticationMechanism {

    private static final Logger log = LoggerFactory.getLogger(CertificateLogin.class);

    private final String application;
    private final Identities identities;
    private final boolean asked;
    private final AtomicBoolean warnedOfNone = new AtomicBoolean();
    private final AtomicBoolean warnedOfUnknown = new AtomicBoolean();

    /**
     * The login of an application.
     *
     * @param application its context path, for messages
     * @param asked whether listeners ask clients for a certificate
     */
    CertificateLogin(String application, Identities identities, boolean asked) {
        this.application = application;
        this.identities = identities;
        this.asked = asked;
    }

    @Override
    public AuthenticationMechanismOutcome authenticate(HttpServerExchange exchange, SecurityContext context) {
        if (!context.isAuthenticationRequired()) {
            return AuthenticationMechanismOutcome.NOT_ATTEMPTED;
        }
        var certificate = certificate(exchange);
        if (certificate.isEmpty()) {
            return AuthenticationMechanismOutcome.NOT_ATTEMPTED;
        }
        var name = certificate.get().getSubjectX500Principal().toString();
        var account = identities.find(name);
        if (account.isEmpty()) {
            if (warnedOfUnknown.compareAndSet(false, true)) {
                log.warn(
                        "the certificate of '{}' was shown to the application at {}, but no user has that name: 401. Add a line to"
                                + " the file of --users: \"{}\"=,role",
                        name,
                        application,
                        name);
            }
            context.authenticationFailed("no user '" + name + "'", HttpServletRequest.CLIENT_CERT_AUTH);
            return AuthenticationMechanismOutcome.NOT_AUTHENTICATED;
        }
        context.authenticationComplete(account.get(), HttpServletRequest.CLIENT_CERT_AUTH, false);
        return AuthenticationMechanismOutcome.AUTHENTICATED;
    }

    private static Optional<X509Certificate> certificate(HttpServerExchange exchange) {
        var session = exchange.getConnection().getSslSessionInfo();
        if (session == null) {
            return Optional.empty();
        }
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? Optional.of(certificate)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException | RenegotiationRequiredException _) {
            return Optional.empty();
        }
    }

    @Override
    public ChallengeResult sendChallenge(HttpServerExchange exchange, SecurityContext context) {
        if (!asked && warnedOfNone.compareAndSet(false, true)) {
            log.warn(
                    "the application at {} asks for a client certificate (CLIENT-CERT), but no listener does. Such requests are answered"
                            + " 401. Give --bind https://... with --ca-certs FILE and --cert-reqs optional.",
                    application);
        }
        return new ChallengeResult(true, StatusCodes.UNAUTHORIZED);
    }
}
