package dev.narwhal.behaviour.app;

import jakarta.servlet.http.HttpServlet;

/** A servlet, and what it extends, which is left out of the WAR. */
public final class Forgotten {

    private Forgotten() {}

    public static class Parent extends HttpServlet {
        private static final long serialVersionUID = 1;
    }

    public static final class Child extends Parent {
        private static final long serialVersionUID = 1;
    }
}
