package dev.narwhal.conformance.app;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.SessionTrackingMode;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Configures the context at moments when it may, and when it may not (Servlet 6.1 §4.4). */
final class Moments {

    static final Map<String, String> OUTCOMES = new ConcurrentHashMap<>();

    private static final MultipartConfigElement PARTS = new MultipartConfigElement("late");

    private static final Map<String, ServletRegistration.Dynamic> SERVLETS = new ConcurrentHashMap<>();
    private static final Map<String, FilterRegistration.Dynamic> FILTERS = new ConcurrentHashMap<>();

    private Moments() {}

    static void inListener(ServletContext context) {
        attempt(
                "listener adds servlet",
                () -> context.addServlet("added", Describe.class).addMapping("/added/*"));
        attempt("listener adds filter", () -> context.addFilter("added", Trace.class));
        attempt("listener maps filters", () -> {
            var request = EnumSet.of(DispatcherType.REQUEST);
            var before = context.addFilter("before", Trace.class);
            before.addMappingForServletNames(null, false, "ordered");
            before.addMappingForUrlPatterns(request, false, "/ordered/by-url/*");
            var after = context.addFilter("after", Trace.class);
            after.addMappingForServletNames(request, true, "ordered");
            after.addMappingForUrlPatterns(null, true, "/ordered/by-url/*");
        });
        if (context.getFilterRegistration("everywhere")
                != null) { // the application of the probe, and not another with this listener
            keep(context);
        }
        refusing(context);
        Contracts.inListener(context);
        attempt("listener sets parameter", () -> context.setInitParameter("set-in-listener", "yes"));
        attempt("listener sets timeout", () -> context.setSessionTimeout(17));
        attempt("same servlet again", () -> {
            if (context.addServlet("added", Describe.class) != null) {
                throw new IllegalStateException("not null");
            }
        });
        attempt("empty servlet name", () -> context.addServlet("", Describe.class));
        attempt("empty filter name", () -> context.addFilter("", new Trace()));
        attempt("null servlet name", () -> context.addServlet(null, new Describe()));
        attempt("null filter name", () -> context.addFilter(null, Trace.class));
        attempt("conflicting mapping", () -> {
            var conflicts = context.addServlet("conflicting", Describe.class).addMapping("/added/*", "/conflicting");
            OUTCOMES.put("conflicts", conflicts.toString());
        });
        attempt(
                "unsupported tracking",
                () -> context.setSessionTrackingModes(EnumSet.of(SessionTrackingMode.SSL, SessionTrackingMode.COOKIE)));
        context.getServletRegistrations()
                .values()
                .forEach(servlet -> attempt("class of servlet " + servlet.getName(), () -> {
                    try {
                        Class.forName(servlet.getClassName(), false, context.getClassLoader());
                    } catch (ClassNotFoundException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        attempt("context listener in a listener", () -> context.addListener(Events.class));
    }

    private static void keep(ServletContext context) {
        SERVLETS.put("kept", context.addServlet("kept", new Describe()));
        SERVLETS.put("kept declared", (ServletRegistration.Dynamic) context.getServletRegistration("describe"));
        SERVLETS.put("kept of all", (ServletRegistration.Dynamic)
                context.getServletRegistrations().get("kept"));
        FILTERS.put("kept", context.addFilter("kept", Trace.class.getName()));
        FILTERS.put("kept declared", (FilterRegistration.Dynamic) context.getFilterRegistration("first"));
        FILTERS.put("kept of all", (FilterRegistration.Dynamic)
                context.getFilterRegistrations().get("kept"));
        OUTCOMES.put(
                "servlets of a filter for all",
                context.getFilterRegistration("everywhere")
                        .getServletNameMappings()
                        .toString());
    }

    private static void refusing(ServletContext context) {
        var servlet = context.addServlet("refusing", Describe.class.getName());
        var filter = context.addFilter("refusing", new Trace());
        attempt("invalid: no pattern", servlet::addMapping);
        attempt("invalid: null pattern", () -> servlet.addMapping("/a", null));
        attempt("invalid: null role", () -> servlet.setRunAsRole(null));
        attempt("invalid: null parts", () -> servlet.setMultipartConfig(null));
        attempt("invalid: null security", () -> servlet.setServletSecurity(null));
        attempt("invalid: null parameter", () -> servlet.setInitParameter("a", null));
        attempt("invalid: null parameters", () -> servlet.setInitParameters(Collections.singletonMap(null, "a")));
        attempt("invalid: no pattern of filter", () -> filter.addMappingForUrlPatterns(null, true));
        attempt("invalid: no servlet of filter", () -> filter.addMappingForServletNames(null, true));
        attempt("invalid: null parameter of filter", () -> filter.setInitParameter(null, "a"));
        servlet.setInitParameter("there", "already");
        OUTCOMES.put(
                "conflicting parameters",
                servlet.setInitParameters(Map.of("there", "again", "new", "too")) + " " + servlet.getInitParameters());
    }

    static void later(ServletContext context) {
        attempt("request adds servlet", () -> context.addServlet("late", Describe.class));
        attempt("request adds filter", () -> context.addFilter("late", Trace.class));
        attempt("request adds listener", () -> context.addListener(Events.Second.class));
        attempt("request sets parameter", () -> context.setInitParameter("late", "yes"));
        attempt("request sets timeout", () -> context.setSessionTimeout(1));
        attempt("request sets encoding", () -> context.setRequestCharacterEncoding("UTF-16"));
        attempt("request sets tracking", () -> context.setSessionTrackingModes(EnumSet.of(SessionTrackingMode.COOKIE)));
        attempt(
                "request sets cookie name",
                () -> context.getSessionCookieConfig().setName("late"));
        for (var name : List.of("describe", "added")) {
            SERVLETS.put(name, (ServletRegistration.Dynamic) context.getServletRegistration(name));
        }
        SERVLETS.forEach((name, servlet) -> {
            attempt("request maps servlet " + name, () -> servlet.addMapping("/late/" + name));
            attempt("request sets parameter of servlet " + name, () -> servlet.setInitParameter("late", "yes"));
            attempt("request sets parameters of servlet " + name, () -> servlet.setInitParameters(Map.of("late", "")));
            attempt("request starts servlet " + name, () -> servlet.setLoadOnStartup(1));
            attempt("request makes servlet asynchronous " + name, () -> servlet.setAsyncSupported(true));
            attempt("request lets servlet run as role " + name, () -> servlet.setRunAsRole("late"));
            attempt("request gives servlet parts " + name, () -> servlet.setMultipartConfig(PARTS));
            attempt("request secures servlet " + name, () -> servlet.setServletSecurity(new ServletSecurityElement()));
        });
        for (var name : List.of("first", "added")) {
            FILTERS.put(name, (FilterRegistration.Dynamic) context.getFilterRegistration(name));
        }
        FILTERS.forEach((name, filter) -> {
            attempt("request maps filter " + name, () -> filter.addMappingForUrlPatterns(null, true, "/late/*"));
            attempt(
                    "request names servlet for filter " + name,
                    () -> filter.addMappingForServletNames(null, false, "describe"));
            attempt("request sets parameter of filter " + name, () -> filter.setInitParameter("late", "yes"));
            attempt("request sets parameters of filter " + name, () -> filter.setInitParameters(Map.of("late", "")));
            attempt("request makes filter asynchronous " + name, () -> filter.setAsyncSupported(true));
        });
    }

    private static void attempt(String what, Runnable action) {
        try {
            action.run();
            OUTCOMES.put(what, "done");
        } catch (RuntimeException e) {
            OUTCOMES.put(what, e.getClass().getSimpleName());
        }
    }
}
