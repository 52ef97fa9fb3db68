package dev.narwhal.conformance.app;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.MalformedURLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells what the servlet context says, and writes events down. */
public final class Context extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("X-Worker", Long.toString(ProcessHandle.current().pid()));
        var context = getServletContext();
        var out = response.getWriter();
        switch (String.valueOf(request.getPathInfo())) {
            case "/events" -> out.print(String.join("\n", Events.LINES));
            case "/attributes" -> {
                Events.LINES.clear();
                request.setAttribute("probe", "one");
                request.setAttribute("probe", "two");
                request.removeAttribute("probe");
                request.removeAttribute("probe-that-never-was");
                context.setAttribute("probe", "three");
                context.setAttribute("probe", "four");
                context.removeAttribute("probe");
                context.removeAttribute("probe-that-never-was");
                var session = request.getSession();
                session.setAttribute("probe", "five");
                session.setAttribute("probe", "six");
                session.removeAttribute("probe-that-never-was");
                request.changeSessionId();
                session.invalidate();
                out.print(String.join("\n", Events.LINES));
            }
            case "/moments" -> {
                Moments.later(context);
                new TreeMap<>(Moments.OUTCOMES).forEach((what, outcome) -> out.println(what + ": " + outcome));
            }
            case "/seen" -> {
                request.setAttribute(Events.SEEN, true);
                out.println(request.equals(request.getAttribute(Events.SEEN_BY_REQUEST)) + " "
                        + request.equals(request.getAttribute(Events.SEEN_BY_ATTRIBUTE)));
            }
            case "/facts" -> facts(request, context, out);
            case "/same" -> same(request, out);
            default -> {
                var path = request.getParameter("path");
                out.println("resource " + name(context, path));
                out.println("paths " + paths(context, path));
                out.println("real " + (context.getRealPath(path) != null));
                out.println("at " + context.getRealPath(path));
                out.println("stream " + (context.getResourceAsStream(path) != null));
                out.println("mime " + context.getMimeType(path));
                out.println("context " + path(context.getContext(path)));
            }
        }
    }

    /** How many have been asked for the context, and how many contexts they know. */
    private void same(HttpServletRequest request, PrintWriter out) {
        var session = request.getSession();
        session.setAttribute("same", "same");
        request.setAttribute("same", "same");
        getServletContext().setAttribute("same", "same");
        var async = request.startAsync();
        var known = new TreeMap<>(Events.CONTEXTS);
        known.put("servlet", getServletContext());
        known.put("servlet configuration", getServletConfig().getServletContext());
        known.put("request", request.getServletContext());
        known.put("request of async", async.getRequest().getServletContext());
        known.put("session", session.getServletContext());
        known.put("path", getServletContext().getContext(request.getContextPath()));
        known.put("filter", Objects.requireNonNull((ServletContext) request.getAttribute(Trace.CONTEXT)));
        session.invalidate();
        var contexts = Collections.newSetFromMap(new IdentityHashMap<ServletContext, Boolean>());
        contexts.addAll(known.values());
        out.println(known.size() + " asked, " + contexts.size() + " context");
        async.complete();
    }

    private static String name(ServletContext context, String path) {
        try {
            var url = context.getResource(path);
            return url == null ? "null" : url.getPath().replaceFirst(".*/", "");
        } catch (MalformedURLException e) {
            return "malformed";
        }
    }

    private static String paths(ServletContext context, String path) {
        var paths = context.getResourcePaths(path);
        return paths == null ? "null" : new TreeSet<>(paths).toString();
    }

    private static String path(@Nullable ServletContext context) {
        return context == null ? "null" : "'" + context.getContextPath() + "'";
    }

    private static void facts(HttpServletRequest request, ServletContext context, PrintWriter out) {
        var temporary = (File) context.getAttribute(ServletContext.TEMPDIR);
        out.println("protocol " + request.getAttribute(Events.PROTOCOL));
        out.println("version " + context.getMajorVersion() + "." + context.getMinorVersion());
        out.println("effective " + context.getEffectiveMajorVersion() + "." + context.getEffectiveMinorVersion());
        out.println("name " + context.getServletContextName());
        out.println("path " + context.getContextPath());
        out.println("virtual server " + (context.getVirtualServerName() != null));
        out.println("temporary " + (temporary.isDirectory() && temporary.canWrite()));
        out.println("temporary at " + temporary);
        out.println("timeout " + context.getSessionTimeout());
        out.println(
                "encodings " + context.getRequestCharacterEncoding() + " " + context.getResponseCharacterEncoding());
        out.println(
                "parameter " + context.getInitParameter("ship") + " " + context.getInitParameter("set-in-listener"));
    }
}
