package dev.narwhal.master.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page that shows the server at work. All of it is in one file: it asks nobody but this server for anything. */
final class Dashboard {

    private static final String FILE = "dashboard.html";

    private Dashboard() {}

    static Answer page() {
        try (var in = Dashboard.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("reading " + FILE + ": it is not on the class path");
            }
            return new Answer(200, "text/html; charset=utf-8", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + FILE, e);
        }
    }
}
