package dev.narwhal.behaviour.app;

import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import java.io.Serializable;

/** A value that is told what becomes of it. */
final class SessionLabValue implements Serializable, HttpSessionBindingListener, HttpSessionActivationListener {

    private static final long serialVersionUID = 1;

    private final String name;

    /** False while nobody may use it: between its passivation and its activation. */
    private transient boolean active = true;

    SessionLabValue(String name) {
        this.name = name;
    }

    @Override
    public void valueBound(HttpSessionBindingEvent event) {
        SessionLabEvents.note(event.getSession(), "value " + name + " bound");
    }

    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
        SessionLabEvents.note(event.getSession(), "value " + name + " unbound");
    }

    @Override
    public void sessionDidActivate(HttpSessionEvent event) {
        active = true;
    }

    @Override
    public void sessionWillPassivate(HttpSessionEvent event) {
        active = false;
    }

    @Override
    public String toString() {
        return name + (active ? "" : " passive");
    }
}
