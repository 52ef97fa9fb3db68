package dev.narwhal.websocket;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

/** Tells the container when a user's HTTP session ends or has another id from now on. */
final class LoginSockets implements HttpSessionListener, HttpSessionIdListener {

    private final Container container;

    LoginSockets(Container container) {
        this.container = container;
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        container.loggedOut(event.getSession().getId());
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String before) {
        container.sessionIdChanged(before, event.getSession().getId());
    }
}
