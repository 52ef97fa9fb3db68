package dev.narwhal.websocket;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server endpoints of an application: its annotated classes, or what its {@link ServerApplicationConfig}s make of what was found
 * (Jakarta WebSocket 2.2 §6.2).
 */
record Endpoints(List<ServerEndpointConfig> configured, List<Class<?>> annotated) {

    Endpoints {
        configured = List.copyOf(configured);
        annotated = List.copyOf(annotated);
    }

    /**
     * Selects among the classes that were found.
     *
     * @throws ReflectiveOperationException when the application's configuration cannot be instantiated
     */
    static Endpoints of(Set<Class<?>> types) throws ReflectiveOperationException {
        var configurations = new LinkedHashSet<Class<? extends ServerApplicationConfig>>();
        var programmatic = new LinkedHashSet<Class<? extends Endpoint>>();
        var annotated = new LinkedHashSet<Class<?>>();
        for (var type : types) {
            if (Modifier.isAbstract(type.getModifiers()) || type.isInterface()) {
                continue;
            }
            if (ServerApplicationConfig.class.isAssignableFrom(type)) {
                configurations.add(type.asSubclass(ServerApplicationConfig.class));
            }
            if (Endpoint.class.isAssignableFrom(type)) {
                programmatic.add(type.asSubclass(Endpoint.class));
            }
            if (type.isAnnotationPresent(ServerEndpoint.class)) {
                annotated.add(type);
            }
        }
        if (configurations.isEmpty()) {
            return new Endpoints(List.of(), List.copyOf(annotated));
        }
        var configs = new LinkedHashSet<ServerEndpointConfig>();
        var classes = new LinkedHashSet<Class<?>>();
        for (var configuration : configurations) {
            var instance = configuration.getConstructor().newInstance();
            configs.addAll(orNone(instance.getEndpointConfigs(Set.copyOf(programmatic))));
            classes.addAll(orNone(instance.getAnnotatedEndpointClasses(Set.copyOf(annotated))));
        }
        return new Endpoints(List.copyOf(configs), List.copyOf(classes));
    }

    private static <T> Set<T> orNone(@Nullable Set<T> set) {
        return set == null ? Set.of() : set;
    }

    void addTo(ServerContainer container) throws DeploymentException {
        for (var config : configured) {
            container.addEndpoint(config);
        }
        for (var type : annotated) {
            container.addEndpoint(type);
        }
    }
}
