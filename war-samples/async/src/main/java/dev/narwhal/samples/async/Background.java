package dev.narwhal.samples.async;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The application's own threads: a virtual one per task, interrupted when the application ends. */
@WebListener
public final class Background implements ServletContextListener {
    private static final String ATTRIBUTE = Background.class.getName();

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("background-", 1).factory());

    static Executor of(ServletContext context) {
        return (Executor) context.getAttribute(ATTRIBUTE);
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext().setAttribute(ATTRIBUTE, threads);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        threads.shutdownNow();
    }
}
