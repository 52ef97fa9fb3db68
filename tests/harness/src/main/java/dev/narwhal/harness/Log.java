package dev.narwhal.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The lines that a process has written so far. Safe for many threads. */
public final class Log {

    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    /** Reads lines until the end of {@code stream}, on a thread of its own. */
    public Thread follow(InputStream stream, String name) {
        return Thread.ofPlatform().daemon().name(name).start(() -> {
            try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                    add(line);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("reading the output of " + name, e);
            } finally {
                end();
            }
        });
    }

    synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** A copy of all lines. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    public String text() {
        return String.join("\n", lines());
    }

    /** How many lines there are: a mark from which {@link #await(Pattern, Duration, int)} goes on. */
    public synchronized int size() {
        return lines.size();
    }

    public List<MatchResult> all(Pattern pattern) {
        return lines().stream().flatMap(line -> first(pattern, line).stream()).toList();
    }

    public boolean has(Pattern pattern) {
        return !all(pattern).isEmpty();
    }

    /** The first line, from the start of the log, that {@code pattern} is found in. */
    public MatchResult await(Pattern pattern, Duration limit) {
        return await(pattern, limit, 0);
    }

    /** The first line from line number {@code from} on that {@code pattern} is found in. */
    public synchronized MatchResult await(Pattern pattern, Duration limit, int from) {
        long deadline = System.nanoTime() + limit.toNanos();
        int next = from;
        while (true) {
            boolean last = ended;
            for (; next < lines.size(); next++) {
                var match = first(pattern, lines.get(next));
                if (match.isPresent()) {
                    return match.get();
                }
            }
            long left = deadline - System.nanoTime();
            if (last || left <= 0) {
                throw new AssertionError("waiting for a log line with '" + pattern + "': "
                        + (last ? "the process ended without it" : "not seen within " + limit.toMillis() + " ms"));
            }
            try {
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for a log line", e);
            }
        }
    }

    private static Optional<MatchResult> first(Pattern pattern, String line) {
        var matcher = pattern.matcher(line);
        return matcher.find() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
    }
}
