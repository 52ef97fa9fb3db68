package dev.narwhal.migration.app;

import jakarta.servlet.http.HttpServlet;

/** The simplest servlet of today. */
public class NewServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
}
