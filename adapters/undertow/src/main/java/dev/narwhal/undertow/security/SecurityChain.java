package dev.narwhal.undertow.security;

import dev.narwhal.contract.WorkerSpec;
import dev.narwhal.worker.engine.LoadedApp;
import dev.narwhal.worker.security.Logins;
import dev.narwhal.worker.security.RealmException;
import dev.narwhal.worker.security.Realms;
import dev.narwhal.worker.war.Security;
import io.undertow.security.api.AuthenticationMechanism;
import io.undertow.security.api.AuthenticationMode;
import io.undertow.security.handlers.AuthenticationMechanismsHandler;
import io.undertow.security.handlers.SecurityInitialHandler;
import io.undertow.security.impl.CachedAuthenticatedSessionMechanism;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.handlers.security.SSLInformationAssociationHandler;
import io.undertow.servlet.spec.ServletContextImpl;
import io.undertow.util.StatusCodes;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands between a request and an application: the login of the session, the mechanisms, the constraints. One for the worker; makes a chain
 * for each application.
 */
public final class SecurityChain {

    /** What {@code getAuthType} says after {@code login()} in an application without {@code <login-config>}. */
    private static final String PROGRAMMATIC = "LOGIN";

    private static final Logger log = LoggerFactory.getLogger(SecurityChain.class);

    private final WorkerSpec.Security settings;
    private final Realms realms;
    private final Nonces nonces;

    /**
     * The security of a worker.
     *
     * @param secret what all workers share and nobody else knows
     */
    public SecurityChain(WorkerSpec.Security settings, Realms realms, byte[] secret) {
        this.settings = settings;
        this.realms = realms;
        this.nonces = new Nonces(secret, InstantSource.system());
    }

    /** Takes the place of Undertow's security for one application. */
    public void install(LoadedApp loaded, DeploymentInfo info) {
        boolean asks = loaded.app()
                .security()
                .login()
                .flatMap(Security.Login::method)
                .filter(method -> !method.equals(Security.Login.NONE))
                .isPresent();
        if (asks && settings.users().isEmpty() && settings.database().isEmpty()) {
            log.warn(
                    "the application at {} asks for a login, but there are no users: nobody can log in. Give --users FILE"
                            + " or a [realm] in narwhal.toml.",
                    loaded.displayPath());
        }
        if (asks) {
            realms.problem(loaded.classLoader(), loaded.displayPath())
                    .ifPresent(problem -> log.warn(
                            "the application at {} asks for a login, but the users of [realm] cannot be asked: {}. Such logins are"
                                    + " answered 503. Add [resources.\"{}\"] to narwhal.toml.",
                            loaded.displayPath(),
                            problem,
                            settings.database()
                                    .map(WorkerSpec.UserDatabase::dataSource)
                                    .orElse("")));
        }
        info.setSecurityDisabled(true);
        info.addServletExtension(new Extension(loaded));
    }

    /** Undertow hands its own copy of the deployment to extensions; what applications register later is in that one. */
    private final class Extension implements ServletExtension {

        private final LoadedApp loaded;

        private Extension(LoadedApp loaded) {
            this.loaded = loaded;
        }

        @Override
        public void handleDeployment(DeploymentInfo info, ServletContext context) {
            // Wrapped after initializers and listeners have run; around what redirects to directories, inside of error
            // pages.
            info.addOuterHandlerChainWrapper(next -> chain(loaded, info, (ServletContextImpl) context, next));
        }
    }

    private HttpHandler chain(LoadedApp loaded, DeploymentInfo info, ServletContextImpl context, HttpHandler next) {
        var security = loaded.app().security();
        var constraints = ConstraintRules.read(security, info);
        if (!security.denyUncoveredHttpMethods()) {
            tellUncovered(loaded.displayPath(), constraints);
        }
        var identities = new Identities(new Logins(realms.of(loaded.classLoader(), loaded.displayPath())));
        HttpHandler chain = new ConstraintHandler(
                loaded.displayPath(),
                constraints,
                loginPages(security),
                info.getSecurityRoles(),
                settings.redirectPort(),
                new SSLInformationAssociationHandler(next));
        chain = new AuthenticationMechanismsHandler(chain, mechanisms(loaded, context, identities));
        chain = new SessionLogins(chain, context);
        return answering503(
                new SecurityInitialHandler(AuthenticationMode.PRO_ACTIVE, identities, authType(security), chain));
    }

    /** As the container has to (Servlet 6.1 §13.8.4.2). */
    private static void tellUncovered(String application, Constraints constraints) {
        var uncovered = constraints.uncovered();
        if (uncovered.isEmpty()) {
            return;
        }
        var methods = uncovered.entrySet().stream()
                .map(entry -> (entry.getKey().isEmpty() ? "the root" : entry.getKey()) + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        log.warn(
                "the application at {} has constraints that do not cover all HTTP methods: {}. With these methods everybody gets in;"
                        + " add <deny-uncovered-http-methods/>, or name no methods.",
                application,
                methods);
    }

    /** When nobody can say who somebody is. */
    private static HttpHandler answering503(HttpHandler next) {
        return exchange -> {
            try {
                next.handleRequest(exchange);
            } catch (RealmException e) {
                if (exchange.isResponseStarted()) {
                    throw e;
                }
                exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY)
                        .getOriginalResponse()
                        .sendError(StatusCodes.SERVICE_UNAVAILABLE);
            }
        };
    }

    private List<AuthenticationMechanism> mechanisms(
            LoadedApp loaded, ServletContextImpl context, Identities identities) {
        var mechanisms = new ArrayList<AuthenticationMechanism>();
        mechanisms.add(new CachedAuthenticatedSessionMechanism(identities));
        loaded.app().security().login().ifPresent(login -> {
            var realm = login.realm().orElse(loaded.displayPath());
            switch (login.method().orElse(Security.Login.NONE)) {
                case Security.Login.BASIC -> mechanisms.add(new BasicLogin(realm, identities));
                case Security.Login.DIGEST ->
                    mechanisms.add(new DigestLogin(realm, loaded.displayPath(), nonces, identities));
                case Security.Login.FORM ->
                    // Before the session's: who is logged in may log in as somebody else.
                    mechanisms.addFirst(new FormLogin(
                            login.loginPage().orElseThrow(), login.errorPage().orElseThrow(), identities, context));
                case Security.Login.CLIENT_CERT ->
                    mechanisms.add(new CertificateLogin(loaded.displayPath(), identities, asksForCertificates()));
                default -> {
                    // NONE: whoever must log in is answered 403
                }
            }
        });
        return mechanisms;
    }

    private boolean asksForCertificates() {
        return settings.tls()
                .map(tls -> tls.clients() != WorkerSpec.ClientCertificates.NONE)
                .orElse(false);
    }

    /** Applications may compare with {@code ==} (Servlet 6.1, {@code HttpServletRequest.getAuthType}). */
    private static String authType(Security security) {
        return switch (security.login().flatMap(Security.Login::method).orElse(Security.Login.NONE)) {
            case Security.Login.BASIC -> HttpServletRequest.BASIC_AUTH;
            case Security.Login.DIGEST -> HttpServletRequest.DIGEST_AUTH;
            case Security.Login.FORM -> HttpServletRequest.FORM_AUTH;
            case Security.Login.CLIENT_CERT -> HttpServletRequest.CLIENT_CERT_AUTH;
            default -> PROGRAMMATIC;
        };
    }

    private static Set<String> loginPages(Security security) {
        return security.login()
                .filter(login ->
                        login.method().filter(Security.Login.FORM::equals).isPresent())
                .map(login -> Set.copyOf(List.of(
                        login.loginPage().orElseThrow(), login.errorPage().orElseThrow())))
                .orElse(Set.of());
    }
}
