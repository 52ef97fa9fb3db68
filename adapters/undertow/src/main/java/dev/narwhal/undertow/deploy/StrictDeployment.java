package dev.narwhal.undertow.deploy;

import io.undertow.servlet.api.Deployment;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.api.ServletInfo;
import jakarta.servlet.DispatcherType;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Undertow's description of a deployment, through which everything goes that an application registers: what the specification refuses (Servlet 6.1
 * §4.4) is refused here, which Undertow does not do. On the thread that deploys, and once closed unchanged.
 */
final class StrictDeployment extends DeploymentInfo {

    private final Map<String, ServletInfo> declared = new LinkedHashMap<>();
    private boolean closed;

    /** The same: Undertow deploys a copy, so that it can be deployed again, and this one is deployed once. */
    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public DeploymentInfo clone() {
        return this;
    }

    /** Ends the time of registrations. Before any filter or servlet is made, as those that are registered are replaced. */
    void close(Deployment deployment) {
        for (var filter : List.copyOf(getFilters().values())) {
            var registered = new RegisteredFilter(filter);
            addFilter(registered);
            deployment.getFilters().addFilter(registered);
        }
        orderStarts();
        for (var servlet : List.copyOf(getServlets().values())) {
            var registered = new RegisteredServlet(servlet);
            addServlet(registered);
            deployment.getServlets().addServlet(registered);
        }
        closed = true;
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
        if (!closed) {
            declared.put(servlet.getName(), servlet);
        }
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

    @Override
    public DeploymentInfo addInitParameter(String name, String value) {
        if (closed) {
            throw tooLate("init parameter", name);
        }
        return super.addInitParameter(name, value);
    }

    @Override
    public DeploymentInfo addFilterUrlMapping(String filter, String pattern, DispatcherType dispatcher) {
        requireOpen(filter);
        return super.addFilterUrlMapping(filter, pattern, dispatcher);
    }

    @Override
    public DeploymentInfo addFilterServletNameMapping(String filter, String servlet, DispatcherType dispatcher) {
        requireOpen(filter);
        return super.addFilterServletNameMapping(filter, servlet, dispatcher);
    }

    @Override
    public DeploymentInfo insertFilterUrlMapping(int at, String filter, String pattern, DispatcherType dispatcher) {
        requireOpen(filter);
        return super.insertFilterUrlMapping(at, filter, pattern, dispatcher);
    }

    @Override
    public DeploymentInfo insertFilterServletNameMapping(
            int at, String filter, String servlet, DispatcherType dispatcher) {
        requireOpen(filter);
        return super.insertFilterServletNameMapping(at, filter, servlet, dispatcher);
    }

    private void requireOpen(String filter) {
        if (closed) {
            throw tooLate("filter", filter);
        }
    }

    static IllegalStateException tooLate(String what, String name) {
        return new IllegalStateException("changing the " + what + " '" + name
                + "': the application has been initialized. Do it in an initializer or a context listener.");
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
