package dev.narwhal.undertow.dispatch;

import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jboss.threads.EnhancedQueueExecutor;

/**
 * Runs up to {@code --threads} requests at once on platform threads; more wait in a queue, which the accept gate keeps short. Threads are
 * started when needed and end after a minute without work.
 */
final class ThreadedDispatcher implements Dispatcher {

    private static final Duration IDLE = Duration.ofMinutes(1);

    private final EnhancedQueueExecutor pool;

    ThreadedDispatcher(int threads) {
        var factory = Thread.ofPlatform().name("request-", 1).daemon(true).factory();
        pool = new EnhancedQueueExecutor.Builder()
                .setCorePoolSize(Math.min(threads, Runtime.getRuntime().availableProcessors()))
                .setMaximumPoolSize(threads)
                .setKeepAliveTime(IDLE)
                .setThreadFactory(factory)
                .build();
    }

    @Override
    public void dispatch(HttpServerExchange exchange, Route route, HttpHandler next) {
        exchange.dispatch(pool, () -> Connectors.executeRootHandler(next, exchange));
    }

    @Override
    public Executor async() {
        return pool;
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
