package dev.narwhal.conformance.app;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionTrackingMode;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Sets how sessions are tracked, as the parameters of its application say. */
public final class Tracking implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var context = event.getServletContext();
        context.getSessionCookieConfig().setName(context.getInitParameter("cookie"));
        context.setSessionTrackingModes(
                Arrays.stream(context.getInitParameter("tracking").split(" "))
                        .filter(mode -> !mode.equals("none"))
                        .map(SessionTrackingMode::valueOf)
                        .collect(Collectors.toSet()));
    }
}
