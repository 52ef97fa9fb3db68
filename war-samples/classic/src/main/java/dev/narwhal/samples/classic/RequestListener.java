package dev.narwhal.samples.classic;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;

public final class RequestListener implements ServletRequestListener {
    @Override
    public void requestInitialized(ServletRequestEvent event) {
        Events.of(event.getServletContext()).add("request initialized");
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        Events.of(event.getServletContext()).add("request destroyed");
    }
}
