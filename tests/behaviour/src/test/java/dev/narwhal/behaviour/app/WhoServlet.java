package dev.narwhal.behaviour.app;

import jakarta.annotation.security.RunAs;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Says who asks, after it did what the parameter {@code do} wants. Answers every method. */
@RunAs("runner")
public final class WhoServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("X-Worker", Long.toString(ProcessHandle.current().pid()));
        var outcome = act(request, response);
        if (outcome.equals("challenged") || outcome.equals("dispatched")) {
            return;
        }
        var out = response.getWriter();
        out.println("did " + outcome);
        out.println("method " + request.getMethod() + " path " + request.getServletPath());
        out.println("user " + request.getRemoteUser() + " principal " + request.getUserPrincipal() + " by "
                + request.getAuthType());
        out.println("admin " + request.isUserInRole("admin") + ", boss " + request.isUserInRole("boss") + ", * "
                + request.isUserInRole("*") + ", ** " + request.isUserInRole("**") + ", runner "
                + request.isUserInRole("runner"));
        out.println(
                "scheme " + request.getScheme() + " secure " + request.isSecure() + " port " + request.getServerPort());
        out.println("cargo " + request.getParameter("cargo"));
        out.println("registered " + getServletContext().getAttribute("registered"));
        var session = request.getSession(false);
        out.println("session " + (session == null ? null : session.getId()));
        out.println("link " + response.encodeURL("who"));
    }

    private static String act(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var what = request.getQueryString() == null ? null : request.getParameter("do");
        return switch (what) {
            case null -> "nothing";
            case "nothing" -> "nothing";
            case "session" -> request.getSession().isNew() ? "create a session" : "find a session";
            case "login" -> {
                try {
                    request.login(request.getParameter("user"), request.getParameter("password"));
                    yield "login";
                } catch (ServletException e) {
                    yield "fail to login";
                }
            }
            case "logout" -> {
                request.logout();
                yield "logout";
            }
            case "forward" -> {
                request.getRequestDispatcher(request.getParameter("to")).forward(request, response);
                yield "dispatched";
            }
            case "include" -> {
                request.getRequestDispatcher(request.getParameter("to")).include(request, response);
                yield "include";
            }
            case "login-async" -> {
                request.login("alice", "wonder");
                request.startAsync().dispatch(request.getParameter("to"));
                yield "dispatched";
            }
            case "logout-async" -> {
                request.logout();
                request.startAsync().dispatch(request.getParameter("to"));
                yield "dispatched";
            }
            case "authenticate" -> request.authenticate(response) ? "authenticate" : "challenged";
            default -> throw new ServletException("cannot " + what);
        };
    }
}
