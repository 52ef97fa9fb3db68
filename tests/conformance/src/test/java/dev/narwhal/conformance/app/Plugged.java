package dev.narwhal.conformance.app;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.servlet.annotation.WebInitParam;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What JARs and annotations add to an application: an initializer and what it registers, listeners, a servlet that tells about all of it. */
@HandlesTypes({Plugged.Kind.class, WebListener.class})
public final class Plugged implements ServletContainerInitializer {

    static final List<String> LINES = new CopyOnWriteArrayList<>();

    /** What the initializer asks for. */
    public interface Kind {}

    /** One of those. */
    public static class Cod implements Kind {}

    /** Another, by way of its superclass. */
    public static final class SmallCod extends Cod {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> types, ServletContext context) {
        var names = new TreeSet<String>();
        if (types != null) {
            types.forEach(type -> names.add(type.getSimpleName()));
        }
        LINES.add("types " + names);
        LINES.add("ordered " + context.getAttribute(ServletContext.ORDERED_LIBS));
        context.addListener(Restricted.class);
        context.addListener("dev.narwhal.conformance.app.Plugged$Last");
        var servlet = context.addServlet("registered", Telling.class);
        LINES.add("conflicts " + servlet.addMapping("/annotated/*", "/fresh") + servlet.addMapping("/registered"));
        LINES.add("parameter " + servlet.setInitParameter("x", "registered") + servlet.setInitParameter("x", "again"));
        servlet.setLoadOnStartup(1);
        var filter = context.addFilter("tracing", Trace.class);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/registered");
        var before = context.addFilter("before", Trace.class);
        before.addMappingForServletNames(null, false, "registered");
        LINES.add("known " + (context.getServletRegistration("annotated") != null)
                + (context.addServlet("annotated", Telling.class) == null)
                + (context.getFilterRegistration("nobody") == null));
    }

    private static void ended(String what) {
        System.out.println(ProcessHandle.current().pid() + " ended " + what);
    }

    /** Says what it has been told, and what the container told the others. */
    @WebServlet(
            name = "annotated",
            urlPatterns = "/annotated/*",
            loadOnStartup = 2,
            initParams = {
                @WebInitParam(name = "x", value = "annotation"),
                @WebInitParam(name = "y", value = "annotation")
            })
    public static final class Telling extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        public void init() {
            LINES.add("init " + getServletName());
        }

        @Override
        public void destroy() {
            ended("servlet " + getServletName());
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var out = response.getWriter();
            out.println("servlet " + getServletName());
            out.println("x " + getInitParameter("x"));
            out.println("y " + getInitParameter("y"));
            out.println("z " + getInitParameter("z"));
            out.println("filters " + request.getAttribute(Trace.ATTRIBUTE));
            LINES.forEach(out::println);
        }
    }

    /** In the first JAR by name. */
    public static final class First implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            LINES.add("listener first");
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            ended("listener first");
        }
    }

    /** In the second, which wants to be before it. */
    public static final class Second implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            LINES.add("listener second");
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            ended("listener second");
        }
    }

    /** In the descriptor's own classes. */
    @WebListener
    public static final class Annotated implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            LINES.add("listener annotated");
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            ended("listener annotated");
        }
    }

    /** Registered by the initializer: behind those that are declared, and without the right to register (§4.4, §8.2.4). */
    public static final class Restricted implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            var context = event.getServletContext();
            LINES.add("listener restricted");
            attempt("addServlet", () -> context.addServlet("r", Telling.class));
            attempt("addFilter", () -> context.addFilter("r", Trace.class));
            attempt("addListener", () -> context.addListener(Last.class));
            attempt("setInitParameter", () -> context.setInitParameter("r", "r"));
            attempt("getServletRegistrations", context::getServletRegistrations);
            attempt("getFilterRegistration", () -> context.getFilterRegistration("tracing"));
            attempt("getSessionCookieConfig", context::getSessionCookieConfig);
            attempt("declareRoles", () -> context.declareRoles("r"));
            attempt("setSessionTimeout", () -> context.setSessionTimeout(1));
            attempt("addJspFile", () -> context.addJspFile("r", "/r.jsp"));
            attempt("setRequestCharacterEncoding", () -> context.setRequestCharacterEncoding("UTF-8"));
            attempt("getRequestCharacterEncoding", context::getRequestCharacterEncoding);
            attempt("getResponseCharacterEncoding", context::getResponseCharacterEncoding);
            attempt("getSessionTimeout", context::getSessionTimeout);
            attempt("getEffectiveSessionTrackingModes", context::getEffectiveSessionTrackingModes);
            attempt("getDefaultSessionTrackingModes", context::getDefaultSessionTrackingModes);
            attempt("getJspConfigDescriptor", context::getJspConfigDescriptor);
            attempt("getClassLoader", context::getClassLoader);
        }

        private static void attempt(String what, Runnable action) {
            try {
                action.run();
                LINES.add("allowed " + what);
            } catch (UnsupportedOperationException e) {
                LINES.add("refused " + what);
            }
        }
    }

    /** Registered after it. */
    public static final class Last implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            LINES.add("listener last");
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            ended("listener last");
        }
    }
}
