package dev.narwhal.harness.probe;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Fails while the application starts when the file that the environment variable {@code PROBE_FAULT} names exists:
 * {@code halt} ends the process with status 9, {@code hang} never returns, {@code throw} throws, {@code error} throws what is no exception.
 */
@WebListener
public final class FragileListener implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var file = System.getenv("PROBE_FAULT");
        if (file == null || !Files.exists(Path.of(file))) {
            return;
        }
        switch (fault(Path.of(file))) {
            case "halt" -> Runtime.getRuntime().halt(9);
            case "hang" -> hang();
            case "throw" -> throw new IllegalStateException("the probe was told to fail");
            case "error" -> throw new AssertionError("the probe was told to fail");
            default -> throw new IllegalArgumentException("unknown fault in " + file);
        }
    }

    private static String fault(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    private static void hang() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
