package dev.narwhal.websocket;

import dev.narwhal.worker.feature.Drainable;
import dev.narwhal.worker.feature.HeldSessions;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.spec.ServletContextImpl;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.jsr.UndertowContainerProvider;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives an application that has WebSocket classes its container, and does nothing for any other (Jakarta WebSocket 2.2 §6.2, §6.4). Found by
 * the worker through {@link java.util.ServiceLoader}.
 */
@HandlesTypes({ServerEndpoint.class, ClientEndpoint.class, Endpoint.class, ServerApplicationConfig.class})
public final class WebSocketInitializer implements ServletContainerInitializer {

    private static final String FILTER = "dev.narwhal.websocket";

    @Override
    public void onStartup(@Nullable Set<Class<?>> types, ServletContext context) throws ServletException {
        if (types == null || !(context instanceof ServletContextImpl engineContext)) {
            return;
        }
        var deployment = engineContext.getDeployment();
        var sessions = (HeldSessions) context.getAttribute(HeldSessions.ATTRIBUTE);
        var container = Container.create(deployment.getDeploymentInfo(), sessions);
        try {
            Endpoints.of(types).addTo(container);
        } catch (DeploymentException | ReflectiveOperationException e) {
            throw new ServletException("adding WebSocket endpoints: " + e.getMessage(), e);
        }
        context.setAttribute(ServerContainer.class.getName(), container);
        context.setAttribute(Drainable.ATTRIBUTE, container);
        context.addListener(new LoginSockets(container));
        UndertowContainerProvider.addContainer(context.getClassLoader(), container);
        deployment.getDeploymentInfo().addDeploymentCompleteListener(new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                container.deploymentComplete();
                if (!container.getConfiguredServerEndpoints().isEmpty()) {
                    addFilter(container, engineContext);
                }
            }
        });
        context.addListener(new ServletContextListener() {
            @Override
            public void contextDestroyed(ServletContextEvent event) {
                UndertowContainerProvider.removeContainer(context.getClassLoader());
                container.end();
            }
        });
    }

    /** Behind every filter of the application, whichever of its parts has added it. */
    private static void addFilter(Container container, ServletContextImpl context) {
        var deployment = context.getDeployment();
        DeploymentInfo info = deployment.getDeploymentInfo();
        var filter = new FilterInfo(
                        FILTER, HandshakeFilter.class, new ImmediateInstanceFactory<>(new HandshakeFilter(container)))
                .setAsyncSupported(true);
        info.addFilter(filter);
        info.addFilterUrlMapping(FILTER, "/*", DispatcherType.REQUEST);
        deployment.getFilters().addFilter(filter);
        deployment.getServletPaths().invalidate();
    }
}
