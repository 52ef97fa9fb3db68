package dev.narwhal.undertow.deploy;

import dev.narwhal.undertow.dispatch.Route;
import dev.narwhal.undertow.security.SecurityChain;
import dev.narwhal.undertow.session.SharedSessions;
import dev.narwhal.worker.engine.DeploymentException;
import dev.narwhal.worker.engine.LoadedApp;
import dev.narwhal.worker.feature.Drainable;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.api.ServletContainer;
import io.undertow.servlet.api.ThreadSetupHandler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** All applications of the server, and which of them a request is for: the longest context path that matches (Servlet 6.1 §12.1). */
public final class Apps {

    /** Where a request goes. */
    public record Target(Route route, HttpHandler handler, Optional<DeployedApp> app) {

        private Target(Route route, HttpHandler handler) {
            this(route, handler, Optional.empty());
        }

        /** The id of the session that the request asks for; nobody knows yet whether there is one. */
        public Optional<String> sessionId(HttpServerExchange exchange) {
            return app.flatMap(known -> known.sessionId(exchange));
        }
    }

    /** For requests that no application is to see. */
    public static final Target REFUSED =
            new Target(new Route("suspicious path"), exchange -> exchange.setStatusCode(400));

    private static final Target NOT_FOUND =
            new Target(new Route("no application"), exchange -> exchange.setStatusCode(404));

    private final List<DeployedApp> longestFirst;

    private Apps(List<DeployedApp> apps) {
        longestFirst = apps.stream()
                .sorted(Comparator.comparingInt(app -> -app.contextPath().length()))
                .toList();
    }

    /**
     * Deploys applications in the given order.
     *
     * @param async where {@code AsyncContext} runs its tasks
     * @param security who gets in
     * @param sessions where HTTP sessions are
     * @param threads is passed by every thread that runs an application's code
     * @throws DeploymentException for the first that fails; those before it are undeployed
     */
    public static Apps deploy(
            List<LoadedApp> apps,
            Executor async,
            SecurityChain security,
            SharedSessions sessions,
            Optional<ThreadSetupHandler> threads)
            throws DeploymentException {
        var container = ServletContainer.Factory.newInstance();
        var deployed = new ArrayList<DeployedApp>();
        try {
            for (var app : apps) {
                deployed.add(deploy(container, app, async, security, sessions, threads));
            }
            return new Apps(deployed);
        } catch (DeploymentException e) {
            deployed.reversed().forEach(DeployedApp::stop);
            throw e;
        }
    }

    private static DeployedApp deploy(
            ServletContainer container,
            LoadedApp app,
            Executor async,
            SecurityChain security,
            SharedSessions sessions,
            Optional<ThreadSetupHandler> threads)
            throws DeploymentException {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(app.classLoader());
        try {
            var info = DeploymentInfos.of(app, async, sessions);
            security.install(app, info);
            threads.ifPresent(info::addThreadSetupAction);
            var manager = container.addDeployment(info);
            manager.deploy();
            info.close();
            return DeployedApp.start(app, manager);
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
            throw DeploymentException.of(app, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Finds the application and tells the exchange which part of its path is the context path. */
    public Target target(HttpServerExchange exchange) {
        var path = exchange.getRelativePath();
        var app = find(path);
        if (app == null) {
            return NOT_FOUND;
        }
        int length = app.contextPath().length();
        if (length > 0) {
            exchange.setResolvedPath(app.contextPath());
            exchange.setRelativePath(path.substring(length));
        }
        return new Target(app.route(exchange), app.handler(), Optional.of(app));
    }

    private @Nullable DeployedApp find(String path) {
        for (var app : longestFirst) {
            var context = app.contextPath();
            if (path.startsWith(context)
                    && (path.length() == context.length() || path.charAt(context.length()) == '/')) {
                return app;
            }
        }
        return null;
    }

    /** Whether any application may have connections of its own, on which its requests may send. */
    public boolean keepConnections() {
        return longestFirst.stream().anyMatch(app -> app.drainable().isPresent());
    }

    /** Ends what the applications have open beyond requests. */
    public void drain() {
        longestFirst.forEach(app -> app.drainable().ifPresent(Drainable::drain));
    }

    /** Stops all, the last deployed first. */
    public void stop() {
        longestFirst.reversed().forEach(DeployedApp::stop);
    }
}
