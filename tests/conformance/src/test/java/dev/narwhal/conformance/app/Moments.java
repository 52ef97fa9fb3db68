package dev.narwhal.conformance.app;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionTrackingMode;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Configures the context at moments when it may, and when it may not (Servlet 6.1 §4.4). */
final class Moments {

    static final Map<String, String> OUTCOMES = new ConcurrentHashMap<>();

    private Moments() {}

    static void inListener(ServletContext context) {
        attempt(
                "listener adds servlet",
                () -> context.addServlet("added", Describe.class).addMapping("/added/*"));
        attempt("listener adds filter", () -> context.addFilter("added", Trace.class));
        attempt("listener sets parameter", () -> context.setInitParameter("set-in-listener", "yes"));
        attempt("listener sets timeout", () -> context.setSessionTimeout(17));
        attempt("same servlet again", () -> {
            if (context.addServlet("added", Describe.class) != null) {
                throw new IllegalStateException("not null");
            }
        });
        attempt("empty name", () -> context.addServlet("", Describe.class));
        attempt("conflicting mapping", () -> {
            var conflicts = context.addServlet("conflicting", Describe.class).addMapping("/added/*", "/conflicting");
            OUTCOMES.put("conflicts", conflicts.toString());
        });
        attempt(
                "unsupported tracking",
                () -> context.setSessionTrackingModes(EnumSet.of(SessionTrackingMode.SSL, SessionTrackingMode.COOKIE)));
        attempt("context listener in a listener", () -> context.addListener(Events.class));
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
        attempt(
                "request maps servlet",
                () -> context.getServletRegistration("describe").addMapping("/late"));
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
