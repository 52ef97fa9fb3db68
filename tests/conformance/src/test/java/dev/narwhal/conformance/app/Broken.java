package dev.narwhal.conformance.app;

import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Cannot be initialized, in the way that its parameter says. */
public final class Broken extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final AtomicBoolean TRIED = new AtomicBoolean();

    @Override
    public void init() throws ServletException {
        switch (getInitParameter("with")) {
            case "closed" -> throw new UnavailableException("closed until later", 600);
            case "later" -> {
                if (TRIED.compareAndSet(false, true)) {
                    throw new UnavailableException("closed for a moment", 1);
                }
            }
            case "gone" -> throw new UnavailableException("gone for good");
            case "state" -> throw new IllegalStateException("no state to begin in");
            case "linkage" -> throw new NoClassDefFoundError("missing");
            default -> throw new ServletException("not today");
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("ready " + (getServletConfig() != null));
    }
}
