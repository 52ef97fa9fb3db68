package dev.narwhal.worker.feature;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a {@link Feature} adds to the deployment of one application.
 *
 * @param attributes of the servlet context, there before anything of the application runs
 * @param initializers called before those of the application, with a null set of classes
 * @param servlets of the server; a URL pattern or name that the application uses itself is the application's
 * @param standIns by name: servlets that the application declares, or only maps, and that the server's classes serve
 * @param servletClasses by name: servlet classes that code of the application may register, and the server's that is registered in their place
 * @param instances who makes the instances of the application's classes; one feature at most gives it
 * @param closing what to close when the application is undeployed, after everything of the application has ended
 */
public record Contribution(
        Map<String, Object> attributes,
        List<ServletContainerInitializer> initializers,
        List<ServerServlet> servlets,
        Map<String, StandIn> standIns,
        Map<String, Class<? extends Servlet>> servletClasses,
        Optional<Instances> instances,
        List<AutoCloseable> closing) {

    public static final Contribution NONE =
            new Contribution(Map.of(), List.of(), List.of(), Map.of(), Map.of(), Optional.empty(), List.of());

    /** An attribute of the servlet context and nothing else. */
    public static Contribution ofAttribute(String name, Object value) {
        return new Contribution(
                Map.of(name, value), List.of(), List.of(), Map.of(), Map.of(), Optional.empty(), List.of());
    }

    public Contribution {
        attributes = Map.copyOf(attributes);
        initializers = List.copyOf(initializers);
        servlets = List.copyOf(servlets);
        standIns = Map.copyOf(standIns);
        servletClasses = Map.copyOf(servletClasses);
        closing = List.copyOf(closing);
    }

    /**
     * What serves a servlet of the application in place of a class of its own.
     *
     * @param urlPatterns in addition to the application's mappings, as far as it does not use them itself
     * @param initParams unless the application sets them
     */
    public record StandIn(Class<? extends Servlet> type, List<String> urlPatterns, Map<String, String> initParams) {

        public StandIn {
            urlPatterns = List.copyOf(urlPatterns);
            initParams = Map.copyOf(initParams);
        }
    }

    /** A servlet of the server's own. */
    public record ServerServlet(
            String name,
            Class<? extends Servlet> type,
            List<String> urlPatterns,
            Map<String, String> initParams,
            OptionalInt loadOnStartup) {

        public ServerServlet {
            urlPatterns = List.copyOf(urlPatterns);
            initParams = Map.copyOf(initParams);
        }
    }
}
