package dev.narwhal.samples.classic;

import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was initialized so far, in order. */
record Startup(List<String> steps) {
    private static final String ATTRIBUTE = Startup.class.getName();

    static void begin(ServletContext context) {
        context.setAttribute(ATTRIBUTE, new Startup(new CopyOnWriteArrayList<>()));
    }

    static Startup of(ServletContext context) {
        return (Startup) context.getAttribute(ATTRIBUTE);
    }

    void add(String step) {
        steps.add(step);
    }
}
