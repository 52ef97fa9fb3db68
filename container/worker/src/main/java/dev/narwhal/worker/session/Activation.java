package dev.narwhal.worker.session;

import jakarta.servlet.http.HttpSessionActivationListener;

/** Tells values that want to know of it that their session comes to this JVM, or that it may leave it. */
public interface Activation {

    void activated(SessionView session, HttpSessionActivationListener value);

    void passivating(SessionView session, HttpSessionActivationListener value);
}
