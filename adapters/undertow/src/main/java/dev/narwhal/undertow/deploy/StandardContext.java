package dev.narwhal.undertow.deploy;

import dev.narwhal.undertow.event.ListenerFailure;
import io.undertow.server.HandlerWrapper;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.core.ApplicationListeners;
import io.undertow.servlet.core.ApplicationListeners.ListenerState;
import io.undertow.servlet.core.ReplacedContext;
import io.undertow.servlet.handlers.ServletInitialHandler;
import io.undertow.servlet.spec.ServletContextImpl;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.descriptor.JspConfigDescriptor;
import java.io.File;
import java.io.InputStream;
import java.util.Collections;
import java.util.EventListener;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The servlet context, where the specification has it otherwise than Undertow. It is the only one of its application: it takes the place of
 * Undertow's own before anything has seen that, in Undertow, too, which wants a {@link ServletContextImpl} of its requests, sessions and
 * asynchronous contexts. So nobody holds one that differs.
 *
 * <p>Undertow goes on with its own in a few places of its {@code deploy}: there {@link StrictDeployment} hands out this one.
 */
final class StandardContext extends ServletContextImpl {

    private final SessionCookie cookie;
    private final Set<Servlet> created =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    private volatile boolean initialized;
    private @Nullable ServletInitialHandler handler;

    private StandardContext(ServletContextImpl undertows, SessionCookie.Said said) {
        super(undertows.getDeployment().getServletContainer(), undertows.getDeployment());
        cookie = new SessionCookie(this, said);
    }

    /** Takes the place of the context that Undertow has made. While extensions are called, by the first of them. */
    static StandardContext replacing(ServletContext undertows, SessionCookie.Said said) {
        var context = new StandardContext((ServletContextImpl) undertows, said);
        ReplacedContext.install(context);
        context.cookie.configured();
        return context;
    }

    /** What begins requests of this context, instead of a handler that begins them of Undertow's own. */
    HttpHandler beginning(ServletInitialHandler undertows) {
        handler = new ServletInitialHandler(
                getDeployment().getServletPaths(), undertows.getNext(), getDeployment(), this);
        return handler;
    }

    /** Ends the time of registrations; from now on there are requests. */
    @Override
    public void initDone() {
        super.initDone();
        if (handler != null) {
            ReplacedContext.dispatchTo(handler, this);
        }
        created.clear();
        cookie.settled();
        initialized = true;
    }

    /** @throws IllegalStateException once the application has been initialized (Servlet 6.1 §4.4) */
    void requireOpen(String what, String name) {
        if (initialized) {
            throw new IllegalStateException("changing the " + what + " '" + name
                    + "': the application has been initialized. Do it in an initializer or a context listener.");
        }
    }

    // ---- registrations

    @Override
    public boolean setInitParameter(String name, String value) {
        requireOpen("init parameter", name);
        return super.setInitParameter(name, value);
    }

    private ServletRegistration.@Nullable Dynamic registered(ServletRegistration.@Nullable Dynamic undertows) {
        return undertows == null ? null : new RegisteredServlet(undertows, this);
    }

    /** With the constraints that its class declares (§13.4.1); Undertow gives those of a method to all of the servlet. */
    private ServletRegistration.@Nullable Dynamic added(ServletRegistration.@Nullable Dynamic undertows) {
        if (undertows != null) {
            var servlet = getDeployment().getServlets().getManagedServlet(undertows.getName());
            var security = servlet.getServletInfo().getServletClass().getAnnotation(ServletSecurity.class);
            if (security != null) {
                undertows.setServletSecurity(new ServletSecurityElement(security));
            }
        }
        return registered(undertows);
    }

    /** The annotation of a servlet that the application itself has made an instance of says nothing (§13.4.1). */
    private ServletRegistration.@Nullable Dynamic addedInstance(ServletRegistration.@Nullable Dynamic undertows) {
        if (undertows != null) {
            getDeployment()
                    .getServlets()
                    .getManagedServlet(undertows.getName())
                    .getServletInfo()
                    .setServletSecurityInfo(null);
        }
        return registered(undertows);
    }

    @Override
    public <T extends Servlet> T createServlet(Class<T> type) throws ServletException {
        T servlet = super.createServlet(type);
        if (!initialized) {
            created.add(servlet);
        }
        return servlet;
    }

    @Override
    public ServletRegistration.@Nullable Dynamic addServlet(
            String name, String className, List<HandlerWrapper> wrappers) {
        return added(super.addServlet(name, className, wrappers));
    }

    @Override
    public ServletRegistration.@Nullable Dynamic addServlet(String name, Servlet servlet) {
        var undertows = super.addServlet(name, servlet);
        return created.contains(servlet) ? added(undertows) : addedInstance(undertows);
    }

    @Override
    public ServletRegistration.@Nullable Dynamic addServlet(String name, Class<? extends Servlet> type) {
        return added(super.addServlet(name, type));
    }

    @Override
    public @Nullable ServletRegistration getServletRegistration(String name) {
        return registered((ServletRegistration.Dynamic) super.getServletRegistration(name));
    }

    @Override
    public Map<String, ? extends ServletRegistration> getServletRegistrations() {
        var registrations = new TreeMap<String, ServletRegistration>();
        super.getServletRegistrations()
                .forEach((name, undertows) ->
                        registrations.put(name, new RegisteredServlet((ServletRegistration.Dynamic) undertows, this)));
        return registrations;
    }

    private FilterRegistration.@Nullable Dynamic registered(FilterRegistration.@Nullable Dynamic undertows) {
        return undertows == null ? null : new RegisteredFilter(undertows, this);
    }

    @Override
    public FilterRegistration.@Nullable Dynamic addFilter(String name, String className) {
        return registered(super.addFilter(name, className));
    }

    @Override
    public FilterRegistration.@Nullable Dynamic addFilter(String name, Filter filter) {
        return registered(super.addFilter(name, filter));
    }

    @Override
    public FilterRegistration.@Nullable Dynamic addFilter(String name, Class<? extends Filter> type) {
        return registered(super.addFilter(name, type));
    }

    @Override
    public @Nullable FilterRegistration getFilterRegistration(String name) {
        return registered((FilterRegistration.Dynamic) super.getFilterRegistration(name));
    }

    @Override
    public Map<String, ? extends FilterRegistration> getFilterRegistrations() {
        var registrations = new TreeMap<String, FilterRegistration>();
        super.getFilterRegistrations()
                .forEach((name, undertows) ->
                        registrations.put(name, new RegisteredFilter((FilterRegistration.Dynamic) undertows, this)));
        return registrations;
    }

    // ---- what a listener is refused that was itself registered rather than declared (§4.4); Undertow refuses it the
    // rest

    private static void requireDeclared() {
        if (ApplicationListeners.listenerState() == ListenerState.PROGRAMATIC_LISTENER) {
            throw new UnsupportedOperationException(
                    "asking the servlet context from a listener that was registered: only declared listeners may. Declare it in web.xml or with @WebListener.");
        }
    }

    @Override
    public Set<SessionTrackingMode> getDefaultSessionTrackingModes() {
        requireDeclared();
        return super.getDefaultSessionTrackingModes();
    }

    @Override
    public Set<SessionTrackingMode> getEffectiveSessionTrackingModes() {
        requireDeclared();
        return super.getEffectiveSessionTrackingModes();
    }

    @Override
    public JspConfigDescriptor getJspConfigDescriptor() {
        requireDeclared();
        return super.getJspConfigDescriptor();
    }

    @Override
    public ClassLoader getClassLoader() {
        requireDeclared();
        return super.getClassLoader();
    }

    @Override
    public int getSessionTimeout() {
        requireDeclared();
        return super.getSessionTimeout();
    }

    @Override
    public @Nullable String getRequestCharacterEncoding() {
        requireDeclared();
        return super.getRequestCharacterEncoding();
    }

    @Override
    public @Nullable String getResponseCharacterEncoding() {
        requireDeclared();
        return super.getResponseCharacterEncoding();
    }

    // ---- dispatchers, also those of requests

    @Override
    public @Nullable RequestDispatcher getRequestDispatcher(@Nullable String path) {
        return TransparentDispatcher.around(super.getRequestDispatcher(path));
    }

    @Override
    public @Nullable RequestDispatcher getNamedDispatcher(String name) {
        return TransparentDispatcher.around(super.getNamedDispatcher(name));
    }

    // ---- others

    /** Name and version, in the form that the interface says. */
    @Override
    public String getServerInfo() {
        return "Narwhal/"
                + Objects.requireNonNullElse(StandardContext.class.getPackage().getImplementationVersion(), "0");
    }

    @Override
    public @Nullable ServletContext getContext(@Nullable String path) {
        return path == null || !path.startsWith("/") ? null : super.getContext(path);
    }

    @Override
    public @Nullable Set<String> getResourcePaths(@Nullable String path) {
        if (path == null) {
            return null;
        }
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException(
                    "listing the resources in '" + path + "': it does not begin with a slash.");
        }
        return super.getResourcePaths(path);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(@Nullable String path) {
        return path == null ? null : super.getResourceAsStream(path);
    }

    @Override
    public @Nullable String getInitParameter(@Nullable String name) {
        return super.getInitParameter(Objects.requireNonNull(name, "the name of an init parameter"));
    }

    @Override
    public @Nullable Object getAttribute(@Nullable String name) {
        return super.getAttribute(Objects.requireNonNull(name, "the name of an attribute"));
    }

    @Override
    public void setAttribute(@Nullable String name, @Nullable Object value) {
        Objects.requireNonNull(name, "the name of an attribute");
        ListenerFailure.uncover(() -> super.setAttribute(name, value));
    }

    /** One whose setters refuse what they are said to; whether it may be asked for, Undertow knows. */
    @Override
    public SessionCookie getSessionCookieConfig() {
        super.getSessionCookieConfig();
        return cookie;
    }

    /** Those that there are. */
    @Override
    public void setSessionTrackingModes(Set<SessionTrackingMode> modes) {
        if (modes.contains(SessionTrackingMode.SSL)) {
            throw new IllegalArgumentException(
                    "setting the session tracking modes to " + modes + ": SSL is not supported. Use COOKIE.");
        }
        super.setSessionTrackingModes(modes);
    }

    private static void requireListener(Class<?> type) {
        if (!ApplicationListeners.isListenerClass(type)) {
            throw new IllegalArgumentException("adding the listener " + type.getName()
                    + ": it is of no kind that is told of anything (Servlet 6.1 §11.2).");
        }
    }

    @Override
    public <T extends EventListener> void addListener(T listener) {
        requireListener(listener.getClass());
        super.addListener(listener);
    }

    /** Also one that is given by name. */
    @Override
    public void addListener(Class<? extends EventListener> type) {
        requireListener(type);
        super.addListener(type);
    }

    /**
     * Applications write {@code getRealPath("/") + "WEB-INF/some.properties"}: the slash that was asked with stays, as in Tomcat, unless it is a file
     * that is there.
     */
    @Override
    public @Nullable String getRealPath(@Nullable String path) {
        var real = super.getRealPath(path);
        if (path == null || real == null) {
            return null;
        }
        return path.endsWith("/") && !real.endsWith("/") && !new File(real).isFile() ? real + "/" : real;
    }

    /** Tells no listener of the end of what was not there (Servlet 6.1, {@code ServletContextAttributeListener}). */
    @Override
    public void removeAttribute(String name) {
        if (getAttribute(name) != null) {
            ListenerFailure.uncover(() -> super.removeAttribute(name));
        }
    }
}
