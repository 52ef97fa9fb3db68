package dev.narwhal.undertow.deploy;

import io.undertow.server.HandlerWrapper;
import io.undertow.server.HttpHandler;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one request at a time into a servlet that is a {@code SingleThreadModel}, of which there is one instance in each worker. A request that
 * the servlet forwards to itself is the same one.
 */
final class OneAtATime implements HandlerWrapper {

    /** Removed in Servlet 6; migrated applications bring it. */
    private static final String MARKER = "jakarta.servlet.SingleThreadModel";

    private final ReentrantLock lock = new ReentrantLock();

    static boolean isWantedBy(Class<?> servlet) {
        for (Class<?> type = servlet; type != null; type = type.getSuperclass()) {
            for (var each : type.getInterfaces()) {
                if (each.getName().equals(MARKER) || isWantedBy(each)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public HttpHandler wrap(HttpHandler handler) {
        return exchange -> {
            lock.lock();
            try {
                handler.handleRequest(exchange);
            } finally {
                lock.unlock();
            }
        };
    }
}
