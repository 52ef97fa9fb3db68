package dev.narwhal.undertow.session;

import dev.narwhal.contract.ScoreboardSessions;
import dev.narwhal.contract.WorkerSpec.SessionRules;
import dev.narwhal.undertow.dispatch.Gathering;
import dev.narwhal.worker.session.Reaper;
import dev.narwhal.worker.session.SessionStore;
import io.undertow.Undertow;
import io.undertow.security.idm.Account;
import io.undertow.security.idm.Credential;
import io.undertow.security.idm.IdentityManager;
import io.undertow.security.idm.PasswordCredential;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.LoginConfig;
import io.undertow.servlet.api.SecurityConstraint;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.api.WebResourceCollection;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** What a worker is to its sessions: a server with one application, {@code /public} and {@code /private} for captains. */
final class TestServer implements AutoCloseable {

    private record User(Principal getPrincipal, Set<String> getRoles) implements Account {}

    private record Name(String getName) implements Principal {}

    private final Undertow undertow;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Later later = new Later();

    /** Runs what is to be done soon, and goes on with requests, on a thread of its own. */
    private static final class Later implements Gathering, AutoCloseable {

        private final ExecutorService thread = Executors.newSingleThreadExecutor();

        @Override
        public void soon(Runnable task) {
            thread.execute(task);
        }

        @Override
        public void goOn(Runnable rest) {
            thread.execute(rest);
        }

        @Override
        public void close() {
            thread.close();
        }
    }

    TestServer(SessionStore store, boolean alone, Servlet servlet) throws ServletException {
        this(store, alone, false, servlet);
    }

    /** @param together whether requests write their sessions together */
    TestServer(SessionStore store, boolean alone, boolean together, Servlet servlet) throws ServletException {
        var sessions = new StoreSessions(
                "",
                TestServer.class.getClassLoader(),
                true,
                new SharedSessions(
                        store,
                        alone,
                        new Reaper(store),
                        SessionRules.DEFAULT,
                        ScoreboardSessions.unseen(),
                        together ? Optional.of(new Together(later, store)) : Optional.empty(),
                        ""));
        var deployment = Servlets.deployment()
                .setClassLoader(TestServer.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("test")
                .setSessionManagerFactory(sessions::bind)
                .addOuterHandlerChainWrapper(sessions::gate)
                .addListener(Servlets.listener(RequestEnd.class, new ImmediateInstanceFactory<>(sessions.requestEnd())))
                .setIdentityManager(new Captain())
                .setLoginConfig(new LoginConfig("FORM", "ship", "/public?login", "/public?error"))
                .addSecurityRole("captain")
                .addSecurityConstraint(new SecurityConstraint()
                        .addWebResourceCollection(new WebResourceCollection().addUrlPattern("/private"))
                        .addRoleAllowed("captain"))
                .addServlet(new ServletInfo("all", servlet.getClass(), new ImmediateInstanceFactory<>(servlet))
                        .addMappings("/public", "/private"));
        var manager = Servlets.newContainer().addDeployment(deployment);
        manager.deploy();
        undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(manager.start())
                .build();
        undertow.start();
    }

    /** One request, no redirect followed. */
    HttpResponse<String> ask(String method, String path, String cookie, String body)
            throws IOException, InterruptedException {
        int port = ((InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress()).getPort();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/x-www-form-urlencoded");
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String cookie) throws IOException, InterruptedException {
        return ask("GET", path, cookie, "");
    }

    static String cookie(HttpResponse<String> response, String before) {
        return response.headers()
                .firstValue("Set-Cookie")
                .map(value -> value.replaceFirst(";.*", ""))
                .orElse(before);
    }

    @Override
    public void close() {
        undertow.stop();
        later.close();
        client.close();
    }

    private static final class Captain implements IdentityManager {

        @Override
        public Account verify(Account account) {
            return account;
        }

        @Override
        public @Nullable Account verify(String id, Credential credential) {
            return credential instanceof PasswordCredential password
                            && id.equals("nemo")
                            && String.valueOf(password.getPassword()).equals("nautilus")
                    ? new User(new Name("nemo"), Set.of("captain"))
                    : null;
        }

        @Override
        public @Nullable Account verify(Credential credential) {
            return null;
        }
    }
}
