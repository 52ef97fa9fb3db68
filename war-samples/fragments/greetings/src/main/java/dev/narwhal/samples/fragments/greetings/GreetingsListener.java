package dev.narwhal.samples.fragments.greetings;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Adds this library to the context attribute {@code listeners}. */
public final class GreetingsListener implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        var context = event.getServletContext();
        var before = context.getAttribute("listeners");
        context.setAttribute("listeners", before == null ? "greetings" : before + " greetings");
    }
}
