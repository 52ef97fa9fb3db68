package dev.narwhal.undertow.deploy;

import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.FilterMappingInfo;
import io.undertow.servlet.api.FilterMappingInfo.MappingType;
import io.undertow.servlet.api.InstanceHandle;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.handlers.ServletInitialHandler;
import jakarta.servlet.ServletContainerInitializer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Undertow's description of a deployment, through which everything goes that an application registers; what the specification refuses of that (Servlet
 * 6.1 §4.4), and Undertow does not, is refused here. Where Undertow would hand out the servlet context that it has made, it hands out a {@link
 * StandardContext}. On the thread that deploys.
 */
final class StrictDeployment extends DeploymentInfo {

    private static final String EVERY_SERVLET = "*";

    private final Map<String, ServletInfo> declared = new LinkedHashMap<>();
    private @Nullable StandardContext context;

    /** @param cookie what the descriptor says of the cookie of sessions */
    StrictDeployment(SessionCookie.Said cookie) {
        setServletContextAttributeBackingMap(new ConcurrentHashMap<>()); // of both contexts
        super.addServletExtension((_, undertows) -> context = StandardContext.replacing(undertows, cookie));
        addInitialHandlerChainWrapper(undertows -> context().beginning((ServletInitialHandler) undertows));
    }

    /** The context of the application, once Undertow deploys it. */
    StandardContext context() {
        return Objects.requireNonNull(context, "a context before it is deployed");
    }

    /** The same: Undertow deploys a copy, so that it can be deployed again, and this one is deployed once. */
    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public DeploymentInfo clone() {
        return this;
    }

    @Override
    public DeploymentInfo addServletExtension(ServletExtension extension) {
        return super.addServletExtension((info, _) -> extension.handleDeployment(info, context()));
    }

    @Override
    public DeploymentInfo addServletContainerInitializer(ServletContainerInitializerInfo initializer) {
        return super.addServletContainerInitializer(new ServletContainerInitializerInfo(
                initializer.getServletContainerInitializerClass(),
                () -> new Starting(initializer.getInstanceFactory().createInstance()),
                initializer.getHandlesTypes()));
    }

    private final class Starting implements InstanceHandle<ServletContainerInitializer> {

        private final InstanceHandle<? extends ServletContainerInitializer> handle;

        private Starting(InstanceHandle<? extends ServletContainerInitializer> handle) {
            this.handle = handle;
        }

        @Override
        public ServletContainerInitializer getInstance() {
            return (types, _) -> handle.getInstance().onStartup(types, context());
        }

        @Override
        public void release() {
            handle.release();
        }
    }

    /** Ends the time of registrations. */
    void close() {
        orderStarts();
        context().initDone();
    }

    /** Servlets with the same number start in the order of their declaration, as in Tomcat; Undertow has none for them. */
    private void orderStarts() {
        var starting = declared.values().stream()
                .filter(servlet -> servlet.getLoadOnStartup() != null && servlet.getLoadOnStartup() >= 0)
                .sorted(Comparator.comparing(ServletInfo::getLoadOnStartup))
                .toList();
        for (int place = 0; place < starting.size(); place++) {
            starting.get(place).setLoadOnStartup(place);
        }
    }

    @Override
    public DeploymentInfo addServlet(ServletInfo servlet) {
        requireName("servlet", servlet.getName());
        Availability.watch(servlet);
        declared.put(servlet.getName(), servlet);
        return super.addServlet(servlet);
    }

    @Override
    public DeploymentInfo addFilter(FilterInfo filter) {
        requireName("filter", filter.getName());
        return super.addFilter(filter);
    }

    private static void requireName(String what, String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "registering a " + what + ": its name is empty. Give it one (Servlet 6.1 §4.4).");
        }
    }

    /** With each servlet where all of them are meant (§6.2.4); Undertow takes a star for all but those that are asked by their name. */
    @Override
    public List<FilterMappingInfo> getFilterMappings() {
        return super.getFilterMappings().stream()
                .flatMap(mapping -> isServlet(mapping, EVERY_SERVLET)
                        ? getServlets().keySet().stream().map(servlet -> named(mapping, servlet))
                        : Stream.of(mapping))
                .toList();
    }

    private static boolean isServlet(FilterMappingInfo mapping, String name) {
        return mapping.getMappingType() == MappingType.SERVLET
                && mapping.getMapping().equals(name);
    }

    private static FilterMappingInfo named(FilterMappingInfo mapping, String servlet) {
        return new FilterMappingInfo(mapping.getFilterName(), MappingType.SERVLET, servlet, mapping.getDispatcher());
    }

    /** What a filter was mapped to by name. */
    List<String> servletNames(String filter) {
        return super.getFilterMappings().stream()
                .filter(mapping -> mapping.getMappingType() == MappingType.SERVLET
                        && mapping.getFilterName().equals(filter))
                .map(FilterMappingInfo::getMapping)
                .distinct()
                .toList();
    }

    @Override
    public DeploymentInfo addListener(ListenerInfo listener) {
        OncePerRequest.watch(listener);
        return super.addListener(listener);
    }

    /** Adds a listener of the server, which is told whenever Undertow begins and ends something for a request. */
    void addServerListener(ListenerInfo listener) {
        super.addListener(listener);
    }
}
