package dev.narwhal.behaviour.heap;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.Timer;
import java.util.TimerTask;

/** Has a timer that it ends as it should. */
@WebListener
public final class LeakyListener implements ServletContextListener {

    /** Does nothing. */
    static final class Tick extends TimerTask {

        @Override
        public void run() {}
    }

    private final Timer timer = new Timer("tide");

    @Override
    public void contextInitialized(ServletContextEvent event) {
        timer.schedule(new Tick(), 0, 100);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        timer.cancel();
    }
}
