package dev.narwhal.samples.classic;

import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;

public final class SessionListener implements HttpSessionListener, HttpSessionAttributeListener {
    @Override
    public void sessionCreated(HttpSessionEvent event) {
        add(event, "session created");
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        add(event, "session destroyed");
    }

    @Override
    public void attributeAdded(HttpSessionBindingEvent event) {
        add(event, "session attribute " + event.getName() + " added");
    }

    @Override
    public void attributeReplaced(HttpSessionBindingEvent event) {
        add(event, "session attribute " + event.getName() + " replaced");
    }

    @Override
    public void attributeRemoved(HttpSessionBindingEvent event) {
        add(event, "session attribute " + event.getName() + " removed");
    }

    private static void add(HttpSessionEvent event, String what) {
        Events.of(event.getSession().getServletContext()).add(what);
    }
}
