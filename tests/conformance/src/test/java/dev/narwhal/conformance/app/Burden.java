package dev.narwhal.conformance.app;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.io.IOException;
import java.io.Serializable;

/** Does what the first of the {@link Events} listeners does not bear, and tells what it has heard of that if it is asked to catch it. */
public final class Burden extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** A value that does not bear to be removed. */
    public record Heavy(String name) implements HttpSessionBindingListener, Serializable {

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            Events.LINES.add("heavy " + name);
            throw new IllegalStateException(name);
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        var path = request.getPathInfo();
        if (path.equals("/log")) {
            response.getWriter().print(String.join("\n", Events.LINES));
            return;
        }
        if (path.equals("/created")) {
            Events.LINES.clear();
            act(path, request, response);
            return;
        }
        var session = request.getSession();
        request.setAttribute("probe-burden", "there");
        getServletContext().setAttribute("probe-burden", "there");
        session.setAttribute("probe-burden", "there");
        Events.LINES.clear(); // what is told from now on
        try {
            act(path, request, response);
        } catch (IllegalStateException e) {
            if (request.getParameter("catch") == null) {
                throw e;
            }
            response.getWriter().println("caught " + e.getMessage());
        }
        if (path.startsWith("/ended")) {
            response.getWriter().print("ended " + (request.getSession(false) == null));
        } else if (path.startsWith("/session")) {
            response.getWriter().print("value " + session.getAttribute("probe-burden"));
        }
    }

    private void act(String path, HttpServletRequest request, HttpServletResponse response) {
        Events.BURDENED.set(true);
        try {
            switch (path) {
                case "/request/replaced" -> request.setAttribute("probe-burden", "other");
                case "/request/removed" -> request.removeAttribute("probe-burden");
                case "/context/replaced" -> getServletContext().setAttribute("probe-burden", "other");
                case "/context/removed" -> getServletContext().removeAttribute("probe-burden");
                case "/session/replaced" -> request.getSession().setAttribute("probe-burden", "other");
                case "/session/removed" -> request.getSession().removeAttribute("probe-burden");
                case "/id" -> request.changeSessionId();
                case "/created" -> request.getSession();
                case "/ended" -> request.getSession().invalidate();
                case "/ended/heavy" -> {
                    Events.BURDENED.remove();
                    request.getSession().setAttribute("a", new Heavy("a"));
                    request.getSession().setAttribute("b", new Heavy("b"));
                    request.getSession().invalidate();
                }
                case "/expired" -> {
                    Events.BURDENED.remove();
                    request.getSession().setAttribute("a", new Heavy("late a"));
                    request.getSession().setAttribute("b", new Heavy("late b"));
                    request.getSession().setMaxInactiveInterval(1);
                }
                case "/async" -> {
                    var async = request.startAsync();
                    async.setTimeout(50);
                    async.addListener(new Deaf("one"));
                    async.addListener(new Deaf("two"));
                }
                default -> response.sendError(404);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        } finally {
            Events.BURDENED.remove();
        }
    }

    private record Deaf(String name) implements AsyncListener {

        private void hear(String what) {
            Events.LINES.add("deaf " + name + " " + what);
            throw new IllegalStateException("deaf");
        }

        @Override
        public void onComplete(AsyncEvent event) {
            hear("complete");
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            hear("timeout");
        }

        @Override
        public void onError(AsyncEvent event) {
            hear("error");
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            hear("start");
        }
    }
}
