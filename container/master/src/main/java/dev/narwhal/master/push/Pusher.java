package dev.narwhal.master.push;

import dev.narwhal.master.config.PushRules;
import dev.narwhal.master.observe.Measure;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends numbers to one receiver at an interval, and once more at the end. Nobody waits for it but, for a moment, who ends it. The log has a line when a
 * receiver cannot be reached, and one when it can again.
 */
public final class Pusher implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(Pusher.class);

    /** The last numbers of a server are not worth more. */
    private static final Duration MOST_AT_END = Duration.ofSeconds(1);

    private final Sink sink;
    private final Supplier<List<Measure>> measures;
    private final Duration interval;
    private final ScheduledExecutorService thread;
    private volatile boolean failing;

    Pusher(Sink sink, Supplier<List<Measure>> measures, Duration interval) {
        this.sink = sink;
        this.measures = measures;
        this.interval = interval;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon(true).name("metrics").factory());
    }

    /**
     * Begins to send, if there is somebody to send to.
     *
     * @param measures looks at the numbers; any thread
     * @param inherited looks at those that another master has counted and sent before this one, if there was one
     * @param source who it is that sends
     */
    public static List<Pusher> start(
            PushRules rules, Supplier<List<Measure>> measures, Supplier<List<Measure>> inherited, Source source) {
        var pushers = new ArrayList<Pusher>();
        rules.statsd().ifPresent(statsd -> {
            var lines = new StatsdLines(statsd.flavor(), statsd.prefix(), rules.tags());
            lines.sent(inherited.get());
            pushers.add(new Pusher(new StatsdSink(statsd.address(), lines), measures, rules.interval()));
        });
        rules.otlp().ifPresent(otlp -> {
            var resource = new LinkedHashMap<>(source.attributes());
            resource.putAll(rules.tags());
            var request = new OtlpRequest(Map.copyOf(resource), source.version(), source.since());
            pushers.add(new Pusher(
                    new OtlpSink(otlp, request, rules.interval(), source.version()), measures, rules.interval()));
        });
        pushers.forEach(Pusher::begin);
        return pushers;
    }

    void begin() {
        log.info("metrics are sent to {} every {} s", sink, interval.toMillis() / 1000.0);
        var _ = thread.scheduleAtFixedRate(this::push, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void push() {
        try {
            sink.send(measures.get(), Instant.now());
            if (failing) {
                failing = false;
                log.info("metrics are sent to {} again", sink);
            }
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                log.warn("sending metrics to {}: {}. It is tried again and again.", sink, e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // must not end the schedule
            log.error("sending metrics to {}", sink, e);
        }
    }

    /** Sends what has happened since the last time, unless nobody takes it. */
    @Override
    public void close() throws IOException {
        try (sink) {
            if (!failing) {
                thread.execute(this::push);
            }
            thread.shutdown();
            if (!thread.awaitTermination(MOST_AT_END.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (RejectedExecutionException e) {
            log.debug("closed twice", e);
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
