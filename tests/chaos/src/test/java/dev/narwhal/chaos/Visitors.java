package dev.narwhal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narwhal.harness.Await;
import dev.narwhal.harness.Http;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Users who count their visits to {@code /counter}, each in a session of its own and over a new connection each time, and who notice when the
 * count is not what it must be.
 */
final class Visitors {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Pattern VISIT = Pattern.compile("visit (\\d+)");

    private final List<User> users;

    private Visitors(List<User> users) {
        this.users = users;
    }

    static Visitors begin(int port, int count) {
        var visitors = new Visitors(
                IntStream.range(0, count).mapToObj(_ -> new User(port)).toList());
        visitors.users.forEach(user -> user.thread.start());
        return visitors;
    }

    /** The visits that the user with the fewest has made. */
    long fewest() {
        return users.stream().mapToLong(user -> user.told).min().orElse(0);
    }

    /** Of those that were answered. */
    long visits() {
        return sum(user -> user.told);
    }

    /** Requests that were answered with a 503. */
    long refused() {
        return sum(user -> user.refused.get());
    }

    private long sum(ToLongFunction<User> number) {
        return users.stream().mapToLong(number).sum();
    }

    /** Returns once everybody has been answered once more, whatever the answer is. */
    void awaitAnswers() {
        var before = users.stream().map(User::answers).toList();
        Await.until(
                "an answer for everybody",
                LIMIT,
                () -> IntStream.range(0, users.size())
                        .allMatch(i -> users.get(i).answers() > before.get(i)));
    }

    /** Returns once everybody has made another visit. */
    void awaitVisits() {
        var before = users.stream().map(user -> user.told).toList();
        Await.until(
                "a visit of everybody",
                LIMIT,
                () -> IntStream.range(0, users.size()).allMatch(i -> users.get(i).told > before.get(i)));
    }

    /** Waits for the last answers. Each count must be what its user was told last, and one more for each request that was cut off since. */
    void stop() {
        users.forEach(User::stop);
        assertThat(users).allSatisfy(user -> {
            assertThat(user.problems).isEmpty();
            assertThat(user.visit()).isBetween(user.told + 1, user.told + user.unanswered + 1);
        });
    }

    @Override
    public String toString() {
        return "%,d visits, %,d of them after a request that was cut off, %,d refused; the latest answer after %,d ms"
                .formatted(
                        visits(),
                        sum(user -> user.cut),
                        refused(),
                        users.stream().mapToLong(user -> user.latest).max().orElse(0) / 1_000_000);
    }

    /** Counts one visit after the other. Its own thread writes. */
    private static final class User implements Runnable {

        private final int port;
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final Thread thread = Thread.ofVirtual().unstarted(this);
        private final List<String> problems = new CopyOnWriteArrayList<>();
        private String cookie = "";
        private volatile long told;
        private final AtomicLong refused = new AtomicLong();
        private volatile long latest;
        /** Since the last answer: each of them was counted or not. */
        private long unanswered;

        private long cut;

        private User(int port) {
            this.port = port;
        }

        private long answers() {
            return told + refused.get();
        }

        private void stop() {
            stopped.set(true);
            try {
                if (!thread.join(LIMIT)) {
                    problems.add("a request hangs");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void run() {
            while (!stopped.get() && problems.isEmpty()) {
                try {
                    long visit = visit();
                    if (visit < told + 1 || visit > told + 1 + unanswered) {
                        problems.add("visit " + visit + " after " + told + " and " + unanswered + " unanswered");
                    }
                    cut += unanswered > 0 ? 1 : 0;
                    unanswered = 0;
                    told = visit;
                } catch (ConnectException e) {
                    Await.holdsFor(PAUSE, () -> true); // there is no server
                } catch (SocketTimeoutException e) {
                    problems.add("a request hangs: " + e.getMessage());
                } catch (IOException e) {
                    unanswered++;
                } catch (AssertionError e) {
                    problems.add(String.valueOf(e.getMessage()));
                }
            }
        }

        /** Until there is an answer other than a 503. */
        private long visit() throws IOException {
            while (true) {
                long start = System.nanoTime();
                try (var http = Http.connect(port)) {
                    var response = http.send("GET /counter HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n") + "\r\n")
                            .response();
                    latest = Math.max(latest, System.nanoTime() - start);
                    if (response.status() == 503
                            && response.header("Retry-After").isPresent()) {
                        refused.incrementAndGet();
                        unanswered++; // it may have been counted
                        Await.holdsFor(PAUSE, () -> true);
                        continue;
                    }
                    response.header("Set-Cookie").ifPresent(value -> cookie = value.replaceFirst(";.*", ""));
                    var visit = VISIT.matcher(response.text());
                    if (response.status() != 200 || !visit.find()) {
                        throw new AssertionError(response + ": " + response.text());
                    }
                    return Long.parseLong(visit.group(1));
                }
            }
        }
    }
}
