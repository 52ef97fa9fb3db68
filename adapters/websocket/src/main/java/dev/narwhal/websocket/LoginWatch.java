package dev.narwhal.websocket;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second whether the users of open sockets are still logged in, as {@link LoginSockets} is told only of what this worker does. A thread
 * of its own, from the first such socket on.
 */
final class LoginWatch implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(LoginWatch.class);

    private final Runnable look;
    private final Thread thread =
            Thread.ofPlatform().daemon(true).name("websocket-logins").unstarted(this::run);

    // Guarded by this.
    private boolean begun;

    LoginWatch(Runnable look) {
        this.look = look;
    }

    synchronized void begin() {
        if (!begun) {
            begun = true;
            thread.start();
        }
    }

    private void run() {
        while (!Thread.interrupted()) {
            try {
                Thread.sleep(INTERVAL);
                look.run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.debug("looking for sockets of users who have logged out: {}", e.toString());
            }
        }
    }

    @Override
    public synchronized void close() {
        begun = true;
        thread.interrupt();
    }
}
