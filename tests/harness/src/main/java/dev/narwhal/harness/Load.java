package dev.narwhal.harness;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Clients that send one request after the other on keep-alive connections of their own and write down whatever goes wrong.
 * A client connects again after a failure, and when the server said {@code Connection: close}; it never repeats a request.
 */
public final class Load implements AutoCloseable {

    /**
     * What the clients do.
     *
     * @param path what they ask for
     * @param requestsPerConnection after how many requests a client closes its connection and opens another
     * @param pause between the end of a request and the begin of the next
     * @param tls whom the clients trust; empty for clients without TLS
     */
    public record Plan(
            int port, String path, int clients, int requestsPerConnection, Duration pause, Optional<SSLContext> tls) {

        public static Plan of(int port, String path, int clients) {
            return new Plan(port, path, clients, Integer.MAX_VALUE, Duration.ZERO, Optional.empty());
        }

        public Plan requestsPerConnection(int count) {
            return new Plan(port, path, clients, count, pause, tls);
        }

        public Plan pause(Duration between) {
            return new Plan(port, path, clients, requestsPerConnection, between, tls);
        }

        public Plan tls(SSLContext trusting) {
            return new Plan(port, path, clients, requestsPerConnection, pause, Optional.of(trusting));
        }

        private Http connect() throws IOException {
            return tls.isPresent() ? Http.connect(port, tls.get()) : Http.connect(port);
        }
    }

    /** How a request can fail. */
    public enum Kind {
        /** The connection was refused: nobody listened. */
        REFUSED,
        /** The connection could not be made for another reason. */
        NOT_CONNECTED,
        /** The connection ended after the request was sent and before the first byte of a response. */
        UNANSWERED,
        /** The connection ended within a response. */
        TRUNCATED,
        /** Nothing came for a minute. */
        TIMEOUT,
        /** The response was not a 200. */
        STATUS
    }

    /**
     * A failed request.
     *
     * @param begin {@link System#nanoTime()} before the request was sent, or the connection opened
     * @param end {@link System#nanoTime()} when it had failed
     * @param worker who answered the connection's earlier requests, if there were any
     */
    public record Failure(Kind kind, long begin, long end, Optional<Long> worker, String detail) {}

    /**
     * What happened.
     *
     * @param latencies of the answered requests, from sending to the end of the response
     * @param workers the pids of the workers that answered
     * @param texts the different bodies of those answers with status 200 that were short
     */
    public record Report(List<Failure> failures, Latencies latencies, List<Long> workers, Set<String> texts) {}

    private static final Duration AFTER_NO_CONNECTION = Duration.ofMillis(20);

    private static final int SHORT = 16;

    private final List<Client> clients;
    private final List<Thread> threads;

    private Load(Plan plan) {
        clients = IntStream.range(0, plan.clients())
                .mapToObj(_ -> new Client(plan))
                .toList();
        threads = clients.stream().map(Thread.ofVirtual()::start).toList();
    }

    public static Load start(Plan plan) {
        return new Load(plan);
    }

    /** How many requests have been answered so far. */
    public int answered() {
        return clients.stream().mapToInt(client -> client.answered).sum();
    }

    /** Returns when {@code count} more requests have been answered. */
    public void awaitAnswers(int count, Duration limit) {
        int goal = answered() + count;
        Await.until(count + " more answers", limit, () -> answered() >= goal);
    }

    /** Lets the load go on for a while. */
    public void keepUp(Duration period) {
        Await.holdsFor(period, () -> true);
    }

    /** Ends the load; requests in flight are finished first. */
    public Report stop() {
        clients.forEach(client -> client.stopped = true);
        threads.forEach(Load::join);
        return new Report(
                clients.stream().flatMap(client -> client.failures.stream()).toList(),
                new Latencies(
                        clients.stream().flatMapToLong(client -> Arrays.stream(client.latencies, 0, client.answered))),
                clients.stream()
                        .flatMap(client -> client.workers.stream())
                        .distinct()
                        .sorted()
                        .toList(),
                clients.stream()
                        .flatMap(client -> client.texts.stream())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Override
    public void close() {
        stop();
    }

    private static void join(Thread thread) {
        try {
            if (!thread.join(Duration.ofSeconds(90))) {
                throw new AssertionError("a client of the load did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while ending the load", e);
        }
    }

    private static final class Client implements Runnable {

        private final Plan plan;
        private final List<Failure> failures = new ArrayList<>();
        private final List<Long> workers = new ArrayList<>();
        private final Set<String> texts = new HashSet<>();
        private long[] latencies = new long[1024];
        private volatile int answered;
        private volatile boolean stopped;

        Client(Plan plan) {
            this.plan = plan;
        }

        @Override
        public void run() {
            while (!stopped) {
                long begin = System.nanoTime();
                try (var http = plan.connect()) {
                    useUp(http);
                } catch (ConnectException e) {
                    fail(
                            String.valueOf(e.getMessage()).contains("refused") ? Kind.REFUSED : Kind.NOT_CONNECTED,
                            begin,
                            null,
                            e);
                    LockSupport.parkNanos(AFTER_NO_CONNECTION.toNanos());
                } catch (IOException e) {
                    fail(Kind.NOT_CONNECTED, begin, null, e);
                    LockSupport.parkNanos(AFTER_NO_CONNECTION.toNanos());
                }
            }
        }

        private void useUp(Http http) {
            Long worker = null;
            for (int i = 0; i < plan.requestsPerConnection() && !stopped; i++) {
                long begin = System.nanoTime();
                try {
                    var response = http.get(plan.path());
                    record(System.nanoTime() - begin);
                    worker = response.worker().orElse(worker);
                    note(worker);
                    if (response.status() == 200 && response.length() < SHORT) {
                        texts.add(response.text());
                    }
                    if (response.status() != 200) {
                        fail(Kind.STATUS, begin, worker, new IOException("status " + response.status()));
                    }
                    if (response.closes()) {
                        return;
                    }
                } catch (IOException e) {
                    fail(kind(e), begin, worker, e);
                    return;
                }
                if (!plan.pause().isZero()) {
                    LockSupport.parkNanos(plan.pause().toNanos());
                }
            }
        }

        // Only this client's thread writes; the volatile write publishes the array to readers of the count.
        @SuppressWarnings("NonAtomicVolatileUpdate")
        private void record(long nanos) {
            if (answered == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * latencies.length);
            }
            latencies[answered] = nanos;
            answered++;
        }

        private void note(@Nullable Long worker) {
            if (worker != null && !workers.contains(worker)) {
                workers.add(worker);
            }
        }

        private void fail(Kind kind, long begin, @Nullable Long worker, IOException cause) {
            failures.add(new Failure(
                    kind, begin, System.nanoTime(), Optional.ofNullable(worker), String.valueOf(cause.getMessage())));
        }

        private static Kind kind(IOException cause) {
            return switch (cause) {
                case Http.Unanswered _ -> Kind.UNANSWERED;
                case SocketTimeoutException _ -> Kind.TIMEOUT;
                default -> Kind.TRUNCATED;
            };
        }
    }
}
