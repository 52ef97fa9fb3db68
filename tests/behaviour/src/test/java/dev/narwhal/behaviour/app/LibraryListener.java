package dev.narwhal.behaviour.app;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Named by a tag library only. */
public final class LibraryListener implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext().setAttribute("library", "initialized");
    }
}
