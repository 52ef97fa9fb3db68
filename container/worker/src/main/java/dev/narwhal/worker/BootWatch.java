package dev.narwhal.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what a worker that does not become ready is doing, shortly before the master loses patience and kills it. A thread of its own; it only
 * looks at the stack of the thread that boots.
 */
final class BootWatch {

    private static final Logger log = LoggerFactory.getLogger(BootWatch.class);

    private static final Duration MOST_AHEAD = Duration.ofSeconds(2);
    private static final int SHARE_AHEAD = 5;
    private static final int MOST_FRAMES = 12;

    /** The callbacks that run while an application is deployed, and what to call whoever has them. */
    private static final Map<String, String> PHASES = Map.of(
            "onStartup", "the initializer",
            "contextInitialized", "the listener",
            "<init>", "the constructor of",
            "<clinit>", "the static initializer of");

    /** Who calls what may have any name, or one that others have, too; the innermost counts. */
    private static final Map<String, String> CALLERS = Map.of(
            "io.undertow.servlet.core.ManagedServlet", "the init method of the servlet",
            "io.undertow.servlet.core.ManagedFilter", "the init method of the filter",
            "dev.narwhal.naming.Injector", "the @PostConstruct method",
            "dev.narwhal.naming.Target", "the setter");

    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread booting = Thread.currentThread();

    private BootWatch() {}

    /**
     * Watches the calling thread until {@link #ready}.
     *
     * @param limit how long the master waits, from the moment that it spawned this process
     */
    static BootWatch start(Duration limit) {
        var watch = new BootWatch();
        var ahead = limit.dividedBy(SHARE_AHEAD);
        var wait = limit.minus(ahead.compareTo(MOST_AHEAD) < 0 ? ahead : MOST_AHEAD)
                .minus(sinceSpawn());
        Thread.ofPlatform().daemon(true).name("boot watch").start(() -> watch.await(wait));
        return watch;
    }

    /** On a busy machine a JVM takes seconds until it runs anything. */
    private static Duration sinceSpawn() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .orElse(Duration.ZERO);
    }

    private void await(Duration wait) {
        try {
            if (!ready.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                var stack = List.of(booting.getStackTrace());
                log.warn(describe(stack));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String describe(List<StackTraceElement> stack) {
        return "not ready, and the time for it is nearly over (--boot-timeout): %s has not returned. It is at %s"
                .formatted(
                        phase(stack).orElse("the server itself"),
                        stack.stream()
                                .limit(MOST_FRAMES)
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining(" < ")));
    }

    /** What the server called last of the application: the outermost of its frames. */
    private static Optional<String> phase(List<StackTraceElement> stack) {
        var outermostFirst = new ArrayList<>(stack);
        Collections.reverse(outermostFirst);
        var caller = "the application in";
        for (var frame : outermostFirst) {
            if (isApplication(frame)) {
                var method = frame.getMethodName();
                return Optional.of(PHASES.getOrDefault(method, caller) + " " + frame.getClassName() + "." + method);
            }
            caller = CALLERS.getOrDefault(frame.getClassName(), caller);
        }
        return Optional.empty();
    }

    /** Classes of applications are loaded by a class loader of that name. */
    private static boolean isApplication(StackTraceElement frame) {
        return "webapp".equals(frame.getClassLoaderName());
    }

    /** Nothing is left to watch. */
    void ready() {
        ready.countDown();
    }
}
