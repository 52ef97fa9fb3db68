package dev.narwhal.conformance.app;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code how} = {@code forward}, {@code include} or {@code async}; {@code to} = a path, or a name with {@code named}. */
public final class Dispatch extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        var to = request.getParameter("to");
        switch (request.getParameter("how")) {
            case "forward" -> {
                response.getWriter().print("discarded");
                dispatcher(request, to).forward(request, response);
            }
            case "include" -> {
                response.getWriter().print("before\n");
                response.setHeader("X-Outer", "kept");
                dispatcher(request, to).include(request, response);
                response.getWriter()
                        .print("after " + request.getServletPath() + " "
                                + request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH) + "\n");
            }
            case "async" -> {
                var async = request.startAsync();
                if (to == null) {
                    async.dispatch();
                } else {
                    async.dispatch(to);
                }
            }
            case "committed" -> {
                if (request.getParameter("empty") == null) {
                    response.getWriter().print("committed ");
                }
                response.flushBuffer();
                try {
                    dispatcher(request, to).forward(request, response);
                } catch (IllegalStateException e) {
                    response.getWriter().print("refused");
                }
            }
            case "forward and catch" -> {
                try {
                    dispatcher(request, to).forward(request, response);
                } catch (ServletException | IOException | RuntimeException e) {
                    caught(e, response);
                }
            }
            case "include and catch" -> {
                try {
                    dispatcher(request, to).include(request, response);
                } catch (ServletException | IOException | RuntimeException e) {
                    caught(e, response);
                }
            }
            default -> response.getWriter().print(dispatcher(request, to) == null ? "none" : "some");
        }
    }

    private static void caught(Exception e, HttpServletResponse response) throws IOException {
        response.reset();
        response.getWriter().print(e.getClass().getName() + " " + e.getMessage());
    }

    private RequestDispatcher dispatcher(HttpServletRequest request, String to) {
        return switch (String.valueOf(request.getParameter("by"))) {
            case "name" -> getServletContext().getNamedDispatcher(to);
            case "context" -> getServletContext().getRequestDispatcher(to);
            case "other" -> getServletContext().getContext("/other").getRequestDispatcher(to);
            default -> request.getRequestDispatcher(to);
        };
    }

    /** Tries what an included servlet may not do. */
    public static final class Meddle extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setHeader("X-Outer", "changed");
            response.setStatus(418);
            response.setContentType("image/png");
            response.getWriter().print("included\n");
        }
    }
}
