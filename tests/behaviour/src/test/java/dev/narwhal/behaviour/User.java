package dev.narwhal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import dev.narwhal.harness.Response;
import dev.narwhal.harness.RunningNarwhal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.function.Predicate;

/** A client of {@link dev.narwhal.behaviour.app.SessionLab} with one cookie, whose every request is on a connection of its own. */
final class User {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final RunningNarwhal narwhal;
    private String cookie = "";
    private long worker;

    User(RunningNarwhal narwhal) {
        this.narwhal = narwhal;
    }

    String cookie() {
        return cookie;
    }

    void cookie(String other) {
        cookie = other;
    }

    /** Who answered last. */
    long worker() {
        return worker;
    }

    Response ask(String path) {
        try (var http = Http.connect(narwhal.port())) {
            var response = http.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n") + "\r\n")
                    .response();
            response.header("Set-Cookie").ifPresent(value -> cookie = value.replaceFirst(";.*", ""));
            response.worker().ifPresent(answered -> worker = answered);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String lab(String query) {
        return lab("/one", query);
    }

    String lab(String context, String query) {
        return ask(context + "/lab?" + query).text().strip().replace("\r\n", "\n");
    }

    /** Asks until the worker that answers is the other one. */
    String elsewhere(String query) {
        long before = worker;
        var text = new ArrayList<String>();
        Await.until("an answer of another worker", LIMIT, () -> {
            text.add(lab(query));
            return worker != before;
        });
        return text.getLast();
    }

    /** Asks until both workers have answered. */
    void everywhere(String query, Predicate<String> expected) {
        var answered = new HashSet<Long>();
        Await.until("answers of both workers", LIMIT, () -> {
            assertThat(lab(query)).matches(expected);
            answered.add(worker);
            return answered.size() == 2;
        });
    }
}
