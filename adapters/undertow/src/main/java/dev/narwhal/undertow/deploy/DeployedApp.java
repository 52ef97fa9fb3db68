package dev.narwhal.undertow.deploy;

import dev.narwhal.undertow.dispatch.Route;
import dev.narwhal.undertow.session.SessionTracking;
import dev.narwhal.worker.engine.DeploymentException;
import dev.narwhal.worker.engine.LoadedApp;
import dev.narwhal.worker.feature.Drainable;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.api.Deployment;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.core.ManagedServlet;
import io.undertow.servlet.handlers.ServletPathMatches;
import jakarta.servlet.ServletException;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An application that runs. */
public final class DeployedApp {

    private record RouteKey(ManagedServlet servlet, String pattern) {}

    private static final Logger log = LoggerFactory.getLogger(DeployedApp.class);

    private final LoadedApp loaded;
    private final DeploymentManager manager;
    private final HttpHandler handler;
    private final ServletPathMatches paths;
    private final Map<RouteKey, Route> routes = new ConcurrentHashMap<>();

    private DeployedApp(LoadedApp loaded, DeploymentManager manager, HttpHandler handler) {
        this.loaded = loaded;
        this.manager = manager;
        this.handler = handler;
        this.paths = manager.getDeployment().getServletPaths();
    }

    /**
     * Starts what was deployed: load-on-startup servlets and filters.
     *
     * @throws DeploymentException when one of them fails; the application is undeployed then
     */
    static DeployedApp start(LoadedApp loaded, DeploymentManager manager) throws DeploymentException {
        try {
            initializeFilters(manager.getDeployment());
            return new DeployedApp(loaded, manager, manager.start());
        } catch (Exception | Error e) {
            undeploy(manager, loaded);
            throw DeploymentException.of(loaded, e);
        }
    }

    /** Before any servlet, as in Tomcat; Undertow would do it after them. */
    private static void initializeFilters(Deployment deployment) throws Exception {
        deployment
                .createThreadSetupAction((exchange, context) -> {
                    for (var filter : deployment.getFilters().getFilters().values()) {
                        filter.createFilter();
                    }
                    return null;
                })
                .call(null, null);
    }

    String contextPath() {
        return loaded.contextPath();
    }

    HttpHandler handler() {
        return handler;
    }

    /** What is known of the servlet that the request goes to. */
    Route route(HttpServerExchange exchange) {
        var chain = paths.getServletHandlerByPath(exchange.getRelativePath()).getServletChain();
        return routes.computeIfAbsent(
                new RouteKey(chain.getManagedServlet(), String.valueOf(chain.getPattern())), this::newRoute);
    }

    private Route newRoute(RouteKey key) {
        return new Route("%s%s (servlet %s)"
                .formatted(
                        loaded.contextPath(),
                        key.pattern(),
                        key.servlet().getServletInfo().getName()));
    }

    Optional<String> sessionId(HttpServerExchange exchange) {
        // Not what the servlet context has: that wants a request which has begun.
        var cookie = ((StandardContext) manager.getDeployment().getServletContext()).getSessionCookieConfig();
        return Optional.ofNullable(cookie.findSessionId(exchange))
                .or(() -> Optional.ofNullable(
                                exchange.getPathParameters().get(SessionTracking.parameter(cookie.effectiveName())))
                        .map(Deque::peekFirst));
    }

    Optional<Drainable> drainable() {
        var attribute = manager.getDeployment().getServletContext().getAttribute(Drainable.ATTRIBUTE);
        return attribute instanceof Drainable drainable ? Optional.of(drainable) : Optional.empty();
    }

    void stop() {
        try {
            manager.stop();
        } catch (ServletException | RuntimeException e) {
            log.warn("stopping the application at {}: {}", loaded.displayPath(), e.toString());
        }
        undeploy(manager, loaded);
    }

    private static void undeploy(DeploymentManager manager, LoadedApp loaded) {
        try {
            manager.undeploy();
        } catch (RuntimeException e) {
            log.warn("undeploying the application at {}: {}", loaded.displayPath(), e.toString());
        }
        loaded.close();
    }
}
