package dev.narwhal.conformance.app;

import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.EventListener;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tries what the documentation of the interfaces says of null, of the wrong moment and of what is not there; a line for each. */
public final class Contracts extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** What may throw anything. */
    @FunctionalInterface
    private interface Action {
        @Nullable
        Object run() throws Exception;
    }

    /** Listens to nothing. */
    public static final class Deaf implements EventListener {}

    /** Has no constructor for others. */
    public static final class Unmakable extends GenericServlet {

        private static final long serialVersionUID = 1;

        @SuppressWarnings("unused")
        private Unmakable(String nothing) {}

        @Override
        public void service(ServletRequest request, ServletResponse response) {}
    }

    /** A value that tells when it comes and goes, and what is there under its name then. */
    public record Bound(String name) implements HttpSessionBindingListener, Serializable {

        private void note(String what, HttpSessionBindingEvent event) {
            var there = event.getSession().getAttribute(event.getName());
            Events.LINES.add(what + " " + name + " of " + event.getName() + " while "
                    + (there instanceof Bound bound ? bound.name : there));
        }

        @Override
        public void valueBound(HttpSessionBindingEvent event) {
            note("bound", event);
        }

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            note("unbound", event);
        }
    }

    private static final Map<String, String> EARLY = new ConcurrentHashMap<>();

    private static String attempt(Action action) {
        try {
            return String.valueOf(action.run());
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
    }

    private static Action done(Runnable action) {
        return () -> {
            action.run();
            return "done";
        };
    }

    private static void early(String what, Action action) {
        EARLY.put(what, attempt(action));
    }

    @SuppressWarnings("removal") // of comments
    static void inListener(ServletContext context) {
        early("unknown listener", done(() -> context.addListener("no.such.Listener")));
        early("deaf listener by name", done(() -> context.addListener(Deaf.class.getName())));
        early("deaf listener by class", done(() -> context.addListener(Deaf.class)));
        early("deaf listener", done(() -> context.addListener(new Deaf())));
        early("creating a deaf listener", () -> context.createListener(Deaf.class));
        early("creating what cannot be made", () -> context.createServlet(Unmakable.class));
        early("null role", done(() -> context.declareRoles("one", null)));
        early("empty role", done(() -> context.declareRoles("")));
        early("page without name", () -> context.addJspFile(null, "/a.jsp"));
        early("page with empty name", () -> context.addJspFile("", "/a.jsp"));
        early("null parameter", () -> context.setInitParameter(null, "a"));
        early(
                "parameter twice",
                () -> context.setInitParameter("once", "a") + " " + context.setInitParameter("once", "b") + " "
                        + context.getInitParameter("once"));
        early(
                "tracking by SSL and more",
                done(() ->
                        context.setSessionTrackingModes(EnumSet.of(SessionTrackingMode.SSL, SessionTrackingMode.URL))));
        var cookie = context.getSessionCookieConfig();
        early(
                "cookie of which nothing was said",
                () -> cookie.getName() + " " + cookie.getPath() + " " + cookie.getDomain() + " "
                        + cookie.getAttribute("path") + " " + cookie.getAttribute("domain") + " "
                        + cookie.getAttributes().containsKey("Path") + " "
                        + cookie.getAttributes().containsKey("Domain") + " " + cookie.getMaxAge());
        early("path of cookie", () -> {
            cookie.setAttribute("PATH", "/x");
            var said = cookie.getPath() + " " + cookie.getAttribute("path") + " "
                    + "/x".equals(cookie.getAttributes().get("Path"));
            cookie.setPath(null);
            return said + " " + cookie.getPath() + " " + cookie.getAttribute("Path");
        });
        early("domain of cookie", () -> {
            cookie.setDomain("d.example");
            var said = cookie.getDomain() + " " + cookie.getAttribute("DOMAIN") + " "
                    + "d.example".equals(cookie.getAttributes().get("domain"));
            cookie.setAttribute("Domain", null);
            return said + " " + cookie.getDomain() + " " + cookie.getAttribute("domain");
        });
        early("age of cookie", done(() -> cookie.setAttribute("Max-Age", "x")));
        early("null attribute of cookie", done(() -> cookie.setAttribute(null, "a")));
        early("attribute of cookie that is no token", done(() -> cookie.setAttribute("a b", "a")));
        early("name of cookie that is no token", done(() -> cookie.setName("a;b")));
        early("attributes of cookie in any case", () -> {
            cookie.setAttribute("secURE", "true");
            var secure = cookie.isSecure() + " " + cookie.getAttributes().get("SECURE");
            cookie.setSecure(false);
            return secure + " " + cookie.getAttribute("secure");
        });
        early("comment of cookie", () -> {
            cookie.setComment("a");
            return String.valueOf(cookie.getComment());
        });
        early("attributes of cookie", () -> cookie.getAttributes().put("a", "b"));
        early("attribute and method of cookie", () -> {
            cookie.setAttribute("Max-Age", "17");
            var age = cookie.getMaxAge();
            cookie.setMaxAge(-1);
            return age + " " + cookie.getAttribute("max-age");
        });
        var servlet = context.addServlet("contracts-added", Contracts.class);
        early("relative pattern", () -> servlet.addMapping("relative"));
        early("same name", () -> context.addServlet("contracts-added", Contracts.class));
        early("listener is declared", () -> context.getServletRegistrations().containsKey("contracts-added"));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var out = response.getWriter();
        switch (String.valueOf(request.getPathInfo())) {
            case "/early" -> new TreeMap<>(EARLY).forEach((what, came) -> out.println(what + ": " + came));
            case "/context" -> context(getServletContext(), out);
            case "/request" -> request(request, out);
            case "/response" -> response(response, out);
            case "/committed" -> committed(request, response, out);
            case "/mappings" ->
                out.println("default "
                        + getServletContext().getServletRegistration("default").getMappings());
            case "/encoding" -> {
                response.setCharacterEncoding("nonsense");
                response.resetBuffer();
            }
            case "/binding" -> binding(request, out);
            default -> response.sendError(404);
        }
    }

    private static void context(ServletContext context, PrintWriter out) {
        out.println("server " + context.getServerInfo().replaceFirst("/\\d.*", "/1"));
        out.println("get null attribute " + attempt(() -> context.getAttribute(null)));
        out.println("set null attribute " + attempt(done(() -> context.setAttribute(null, "a"))));
        out.println("null parameter " + attempt(() -> context.getInitParameter(null)));
        out.println("no parameter " + context.getInitParameter("none"));
        out.println("null context " + attempt(() -> context.getContext(null)));
        out.println("relative context " + attempt(() -> context.getContext("probe")));
        out.println("relative resource " + attempt(() -> context.getResource("a")));
        out.println("null paths " + attempt(() -> context.getResourcePaths(null)));
        out.println("relative paths " + attempt(() -> context.getResourcePaths("a")));
        out.println("null stream " + attempt(() -> context.getResourceAsStream(null)));
        out.println("relative stream " + attempt(() -> context.getResourceAsStream("WEB-INF/web.xml") != null));
        out.println("null type " + attempt(() -> context.getMimeType(null)));
        out.println("null dispatcher " + attempt(() -> context.getRequestDispatcher(null)));
        out.println("relative dispatcher " + attempt(() -> context.getRequestDispatcher("a")));
        out.println("null name " + attempt(() -> context.getNamedDispatcher(null)));
        out.println("null real path " + attempt(() -> context.getRealPath(null)));
        out.println("tracking " + new TreeSet<>(context.getDefaultSessionTrackingModes()) + " "
                + new TreeSet<>(context.getEffectiveSessionTrackingModes()));
        out.println("pages " + context.getJspConfigDescriptor());
        out.println("no registration " + context.getServletRegistration("none") + " "
                + context.getFilterRegistration("none"));
        out.println("late role " + attempt(done(() -> context.declareRoles("late"))));
        out.println("late page " + attempt(() -> context.addJspFile("late", "/a.jsp")));
        out.println("late encoding " + attempt(done(() -> context.setResponseCharacterEncoding("UTF-8"))));
        var cookie = context.getSessionCookieConfig();
        out.println("late cookie " + attempt(done(() -> cookie.setAttribute("a", "b"))) + " "
                + attempt(done(() -> cookie.setMaxAge(1))) + " " + attempt(done(() -> cookie.setSecure(true))) + " "
                + attempt(done(() -> cookie.setHttpOnly(true))) + " " + attempt(done(() -> cookie.setPath("/"))) + " "
                + attempt(done(() -> cookie.setDomain("a"))));
        out.println("registration "
                + attempt(() -> context.getServletRegistration("contracts")
                        .getMappings()
                        .add("/a")) + " "
                + context.getServletRegistration("contracts").getMappings());
    }

    @SuppressWarnings("deprecation") // of pushing
    private static void request(HttpServletRequest request, PrintWriter out) {
        out.println("push " + request.newPushBuilder());
        out.println("roles " + request.isUserInRole("*") + " " + request.isUserInRole("**") + " "
                + request.isUserInRole("any"));
        out.println("number " + attempt(() -> request.getIntHeader("X-Word")));
        out.println("date " + attempt(() -> request.getDateHeader("X-Word")));
        out.println("encoding "
                + attempt(() -> {
                    request.setCharacterEncoding(StandardCharsets.UTF_16);
                    return request.getCharacterEncoding();
                }));
        out.println("locales " + request.getLocale() + " " + Collections.list(request.getLocales()));
        out.println("parameters " + attempt(() -> request.getParameterMap().put("a", new String[0])));
        out.println("parameter null " + attempt(() -> request.getParameter(null)));
        out.println("protocol id '" + request.getProtocolRequestId() + "' '"
                + request.getServletConnection().getProtocolConnectionId() + "'");
        out.println("ids " + request.getRequestId().equals(request.getRequestId()) + " "
                + request.getServletConnection()
                        .getConnectionId()
                        .equals(request.getServletConnection().getConnectionId()));
        out.println("part " + attempt(() -> request.getPart("a")));
        out.println("logout "
                + attempt(() -> {
                    request.logout();
                    return request.getRemoteUser();
                }));
        out.println("login "
                + attempt(() -> {
                    request.login("nobody", "wrong");
                    return request.getRemoteUser();
                }));
    }

    private static void response(HttpServletResponse response, PrintWriter out) {
        out.println("trailers " + response.getTrailerFields());
        out.println("redirect "
                + attempt(() -> {
                    response.sendRedirect(null);
                    return "sent";
                }));
        out.println("status " + response.getStatus());
        out.println("size " + (response.getBufferSize() >= 8192));
        response.setLocale(Locale.JAPAN);
        out.println("locale " + response.getLocale() + " " + response.getHeader("Content-Language") + " "
                + response.getCharacterEncoding());
        response.setDateHeader("X-Date", 0);
        response.addDateHeader("X-Date", 1000);
        response.setIntHeader("X-Number", 1);
        response.addIntHeader("X-Number", 2);
        out.println("headers " + response.getHeaders("X-Date") + " " + response.getHeaders("X-Number"));
        response.setIntHeader("X-Number", 3);
        out.println("set " + response.getHeaders("X-Number"));
        response.setHeader("X-Number", null);
        out.println("removed " + response.containsHeader("X-Number"));
        out.println("names " + response.getHeaderNames().contains("X-Date"));
    }

    private static void committed(HttpServletRequest request, HttpServletResponse response, PrintWriter out)
            throws IOException {
        response.flushBuffer();
        response.setStatus(404);
        response.setLocale(Locale.JAPAN);
        response.setContentType("text/x-late");
        response.setCharacterEncoding("UTF-16");
        response.setContentLength(3);
        response.setHeader("X-Late", "1");
        response.addHeader("X-Late", "1");
        response.setIntHeader("X-Late", 1);
        response.addIntHeader("X-Late", 1);
        response.setDateHeader("X-Late", 1);
        response.addDateHeader("X-Late", 1);
        out.println("status " + response.getStatus() + " "
                + response.getHeaderNames().contains("X-Late"));
        out.println("type " + response.getContentType() + " " + response.getCharacterEncoding() + " "
                + Locale.JAPAN.equals(response.getLocale()));
        for (var attempted : List.<Action>of(
                done(response::reset),
                done(response::resetBuffer),
                done(() -> response.setBufferSize(1)),
                done(() -> response.setTrailerFields(Map::of)),
                () -> {
                    response.sendError(500);
                    return "done";
                },
                () -> {
                    response.sendRedirect("/");
                    return "done";
                },
                request::getSession)) {
            out.println("late " + attempt(attempted));
        }
    }

    private static void binding(HttpServletRequest request, PrintWriter out) {
        int before = Events.LINES.size();
        var session = request.getSession();
        var one = new Bound("one");
        session.setAttribute("bound", one);
        session.setAttribute("bound", one);
        session.setAttribute("bound", new Bound("two"));
        session.removeAttribute("bound");
        session.setAttribute("bound", new Bound("three"));
        session.invalidate();
        Events.LINES.stream()
                .skip(before)
                .filter(line -> !line.contains("request"))
                .forEach(out::println);
    }
}
