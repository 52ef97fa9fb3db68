package dev.narwhal.migration.app;

/** Knows the API through what it extends, which is in a library. */
public class Extending extends OldServlet {
    private static final long serialVersionUID = 1L;
}
