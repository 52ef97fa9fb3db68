package dev.narwhal.behaviour.app;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** An application that says itself what its session cookie is. */
public final class SessionLabCookie implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var cookie = event.getServletContext().getSessionCookieConfig();
        cookie.setName("CODE");
        cookie.setPath("/");
        cookie.setMaxAge(7);
        cookie.setHttpOnly(true);
    }
}
