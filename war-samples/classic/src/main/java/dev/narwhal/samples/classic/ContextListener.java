package dev.narwhal.samples.classic;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

public final class ContextListener implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        var context = event.getServletContext();
        Events.begin(context);
        Events.of(context).add("context initialized");
        Startup.begin(context);
        Startup.of(context).add("listener " + ContextListener.class.getSimpleName());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        event.getServletContext().log("classic: context destroyed");
    }
}
