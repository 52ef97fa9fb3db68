package dev.narwhal.behaviour.app;

import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes every event of every session to one file, whichever worker it happens in. */
@WebListener
public final class SessionLabEvents
        implements HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener {

    static void note(HttpSession session, String what) {
        var file = System.getenv("LAB_EVENTS");
        if (file == null) {
            return;
        }
        boolean ours = SessionLabEvents.class
                .getClassLoader()
                .equals(Thread.currentThread().getContextClassLoader());
        try {
            Files.writeString(
                    Path.of(file),
                    session.getAttribute("user") + " " + what + (ours ? "" : " in a foreign class loader") + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        note(event.getSession(), "created");
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        note(event.getSession(), "destroyed");
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldSessionId) {
        note(event.getSession(), "id changed");
    }

    @Override
    public void attributeAdded(HttpSessionBindingEvent event) {
        note(event.getSession(), event.getName() + " added " + event.getValue());
    }

    @Override
    public void attributeReplaced(HttpSessionBindingEvent event) {
        note(event.getSession(), event.getName() + " replaced " + event.getValue());
    }

    @Override
    public void attributeRemoved(HttpSessionBindingEvent event) {
        note(event.getSession(), event.getName() + " removed " + event.getValue());
    }
}
