package dev.narwhal.samples.crashtest;

import jakarta.servlet.ServletException;
import java.io.IOException;

/**
 * One way to misbehave.
 *
 * @param path where it is served, with the leading slash
 * @param query an example of its parameters, with their defaults; empty without parameters
 * @param says what it does, for the page
 */
record Endpoint(String path, String query, String says, Action action) {
    @FunctionalInterface
    interface Action {
        void perform(Call call) throws IOException, ServletException, InterruptedException;
    }
}
