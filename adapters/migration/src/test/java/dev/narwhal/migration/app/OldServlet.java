package dev.narwhal.migration.app;

import javax.servlet.http.HttpServlet;

/** The simplest servlet of the time of {@code javax}. */
public class OldServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
}
