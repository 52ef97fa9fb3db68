package dev.narwhal.samples.fragments.audit;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Adds this library to the context attribute {@code listeners}. */
public final class AuditListener implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        var context = event.getServletContext();
        var before = context.getAttribute("listeners");
        context.setAttribute("listeners", before == null ? "audit" : before + " audit");
    }
}
