package dev.narwhal.worker.engine;

import dev.narwhal.worker.war.WebAppClassLoader;
import java.sql.Driver;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an application leaves behind that would keep its class loader. JDBC drivers are deregistered. Threads cannot be ended from outside; what is
 * said of them, and of drivers that the application has registered itself, is what Tomcat says. In a worker the process ends soon
 * after, and they with it.
 */
final class Leftovers {

    private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

    /** How long threads have that end by themselves, because what they served has been closed. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final int MOST_NAMES = 5;

    private final WebAppClassLoader loader;
    private final String application;

    /** @param application its context path, for messages */
    Leftovers(WebAppClassLoader loader, String application) {
        this.loader = loader;
        this.application = application;
    }

    void release() {
        try {
            reportThreads();
            releaseDrivers();
        } catch (RuntimeException | LinkageError e) {
            log.warn("undeploying the application at {}: {}", application, e.toString());
        }
    }

    private void reportThreads() {
        var running = await(threads());
        if (!running.isEmpty()) {
            log.warn(
                    "undeploying the application at {}: it has left {} running: {}. Have it end them in contextDestroyed of a"
                            + " listener or in destroy of a servlet.",
                    application,
                    running.size() == 1 ? "a thread" : running.size() + " threads",
                    names(running));
        }
    }

    private static List<Thread> await(List<Thread> threads) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (var thread : threads) {
                thread.join(Duration.ofNanos(deadline - System.nanoTime()));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return threads.stream().filter(Thread::isAlive).toList();
    }

    private static String names(List<Thread> threads) {
        var names = threads.stream()
                .limit(MOST_NAMES)
                .map(thread -> "\"" + thread.getName() + "\"")
                .collect(Collectors.joining(", "));
        return threads.size() > MOST_NAMES ? names + ", ..." : names;
    }

    /** Virtual threads are not among them: nobody can list them, and one that waits for what is gone is collected. */
    private List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.equals(Thread.currentThread()))
                .filter(thread -> isOurs(thread.getContextClassLoader())
                        || isOurs(thread.getClass().getClassLoader()))
                .toList();
    }

    private boolean isOurs(@Nullable ClassLoader other) {
        for (var each = other; each != null; each = each.getParent()) {
            if (each.equals(loader)) {
                return true;
            }
        }
        return false;
    }

    private void releaseDrivers() {
        var own = loader.releaseDrivers();
        if (own.isEmpty()) {
            return;
        }
        // Those of the service files are registered by the server, so that the application needs no Class.forName.
        var found = services();
        var names =
                own.stream().filter(name -> !found.contains(name)).distinct().toList();
        if (!names.isEmpty()) {
            log.warn(
                    "undeploying the application at {}: it has left the JDBC driver {} registered. Have it call"
                            + " DriverManager.deregisterDriver in contextDestroyed of a listener.",
                    application,
                    String.join(", ", names));
        }
    }

    private Set<String> services() {
        return ServiceLoader.load(Driver.class, loader).stream()
                .map(provider -> provider.type().getName())
                .collect(Collectors.toSet());
    }
}
