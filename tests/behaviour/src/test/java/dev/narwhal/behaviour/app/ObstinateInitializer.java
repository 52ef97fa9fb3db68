package dev.narwhal.behaviour.app;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Throws, never returns, or ends the JVM, as the context parameter {@code deed} says. */
public final class ObstinateInitializer implements ServletContainerInitializer {

    @Override
    public void onStartup(@Nullable Set<Class<?>> types, ServletContext context) {
        var deed = String.valueOf(context.getInitParameter("deed"));
        switch (deed) {
            case "throw" -> throw new IllegalStateException("I refuse");
            case "wait" -> waitForever();
            case "exit" -> Runtime.getRuntime().exit(0);
            case "halt" -> Runtime.getRuntime().halt(7);
            default -> {}
        }
    }

    private static void waitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
