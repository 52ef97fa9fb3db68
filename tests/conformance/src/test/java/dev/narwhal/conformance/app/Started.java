package dev.narwhal.conformance.app;

import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;

/** Notes that it was initialized. */
public final class Started extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** A filter that notes the same. */
    public static final class Filtering extends HttpFilter {

        private static final long serialVersionUID = 1;

        @Override
        public void init() {
            Events.LINES.add("filter started");
        }
    }

    @Override
    public void init() {
        Events.LINES.add("started " + getServletName());
    }
}
