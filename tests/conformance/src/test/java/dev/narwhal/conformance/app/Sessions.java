package dev.narwhal.conformance.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Does with its session what the path says, and tells what came of it. */
public final class Sessions extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        var out = response.getWriter();
        switch (request.getPathInfo()) {
            case "/ended" -> ended(request, out);
            case "/asked" ->
                out.print(request.getRequestedSessionId() + " " + request.isRequestedSessionIdValid() + " "
                        + request.isRequestedSessionIdFromCookie() + " " + request.isRequestedSessionIdFromURL());
            case "/begin" -> {
                var session = request.getSession();
                session.setAttribute("fish", "cod");
                session.setAttribute("gone", "x");
                session.setAttribute("gone", null);
                out.print(session.isNew() + " " + Collections.list(session.getAttributeNames()) + " "
                        + session.getServletContext().equals(getServletContext()) + " "
                        + session.getMaxInactiveInterval() + " "
                        + request.getSession().equals(session));
            }
            case "/fish" ->
                out.print(request.getSession().isNew() + " "
                        + request.getSession().getAttribute("fish"));
            case "/access" -> access(request.getSession(), out);
            case "/late" -> {
                attempt("changing the id of none", request::changeSessionId, out);
                response.flushBuffer();
                attempt("creating one too late", request::getSession, out);
            }
            case "/link" -> {
                var id = request.getSession().getId();
                out.println("link " + response.encodeURL("next"));
                out.println("redirect " + response.encodeRedirectURL("next"));
                out.println("id " + id);
                out.println("same " + request.getSession().getId().equals(id));
                out.println("from " + request.isRequestedSessionIdFromCookie() + " "
                        + request.isRequestedSessionIdFromURL() + " " + request.isRequestedSessionIdValid());
            }
            case "/none" -> out.print(request.getSession(false));
            default -> response.sendError(404);
        }
    }

    private static void ended(HttpServletRequest request, PrintWriter out) {
        var session = request.getSession();
        var accessor = session.getAccessor();
        var id = session.getId();
        session.invalidate();
        attempt("creation", session::getCreationTime, out);
        attempt("access", session::getLastAccessedTime, out);
        attempt("attribute", () -> session.getAttribute("fish"), out);
        attempt("names", session::getAttributeNames, out);
        attempt("set", () -> session.setAttribute("fish", "cod"), out);
        attempt("remove", () -> session.removeAttribute("fish"), out);
        attempt("end", session::invalidate, out);
        attempt("new", session::isNew, out);
        attempt("accessor", session::getAccessor, out);
        attempt("use of accessor", () -> accessor.access(_ -> {}), out);
        out.println("none " + (request.getSession(false) == null));
        out.println("another " + !request.getSession().getId().equals(id));
    }

    /** From a thread without request, and with the id of yesterday. */
    private static void access(HttpSession session, PrintWriter out) {
        var accessor = session.getAccessor();
        try {
            CompletableFuture.runAsync(() -> accessor.access(same -> same.setAttribute("fish", "haddock")))
                    .get();
            out.print("accessed");
        } catch (ExecutionException | InterruptedException e) {
            out.print(e);
        }
    }

    private static void attempt(String what, Runnable action, PrintWriter out) {
        try {
            action.run();
            out.println(what + " done");
        } catch (RuntimeException e) {
            out.println(what + " " + e.getClass().getSimpleName());
        }
    }
}
