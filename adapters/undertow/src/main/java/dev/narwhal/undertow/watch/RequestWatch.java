package dev.narwhal.undertow.watch;

import dev.narwhal.contract.ScoreboardSlot;
import dev.narwhal.contract.WorkerSpec.RequestTimes;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.api.ThreadSetupHandler;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds threads that run a request for too long. What counts is the time that a thread is in the request: one that is asynchronous, and has none, has
 * the limit of its {@code AsyncContext}.
 */
public final class RequestWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RequestWatch.class);

    /** How long a thread may go on after it was interrupted; the limit itself if that is less. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration MOST_BETWEEN_LOOKS = Duration.ofMillis(250);

    private final PathLimits limits;
    private final int from;
    private final Duration slow;
    private final Duration betweenLooks;
    private final ScoreboardSlot slot;
    private final Consumer<String> stuck;
    private final Set<Run> running = ConcurrentHashMap.newKeySet();
    private final Thread thread =
            Thread.ofPlatform().daemon(true).name("request-watch").unstarted(this::watch);
    private final WorkingClock clock = new WorkingClock();
    private volatile @Nullable Waiters waiters;
    private final AtomicBoolean reported = new AtomicBoolean();

    private RequestWatch(RequestTimes times, ScoreboardSlot slot, Consumer<String> stuck) {
        limits = new PathLimits(times);
        from = times.mostFrom();
        slow = times.slow();
        betweenLooks = betweenLooks(limits.least(), slow);
        this.slot = slot;
        this.stuck = stuck;
    }

    /**
     * Starts to watch.
     *
     * @param stuck is told of the first thread that does not come back, once
     * @return empty when there is nothing to watch for
     */
    public static Optional<RequestWatch> start(RequestTimes times, ScoreboardSlot slot, Consumer<String> stuck) {
        var watch = new RequestWatch(times, slot, stuck);
        if (!watch.limits.isAny() && watch.slow.isZero()) {
            return Optional.empty();
        }
        watch.thread.start();
        return Optional.of(watch);
    }

    private static Duration betweenLooks(Duration least, Duration slow) {
        var shortest = MOST_BETWEEN_LOOKS.multipliedBy(4);
        for (var limit : new Duration[] {least, slow}) {
            if (limit.isPositive() && limit.compareTo(shortest) < 0) {
                shortest = limit;
            }
        }
        return shortest.dividedBy(4).plusMillis(1);
    }

    /** The worker is about to serve, and those wait for it; until then nobody does. */
    public void open(Waiters others) {
        waiters = others;
    }

    /** Watches a request from now on. */
    public Watched watch(HttpServerExchange exchange) {
        var watched = new Watched(exchange, limits.of(exchange.getRequestPath()));
        exchange.putAttachment(Watched.KEY, watched);
        return watched;
    }

    /** What tells an application's threads apart: every one of them passes through, in every kind of call. */
    public ThreadSetupHandler threads() {
        return new ThreadSetupHandler() {
            @Override
            public <T, C> Action<T, C> create(Action<T, C> action) {
                return (exchange, context) -> {
                    var run = enter(exchange);
                    if (run == null) {
                        return action.call(exchange, context);
                    }
                    try {
                        return action.call(exchange, context);
                    } finally {
                        leave(run);
                    }
                };
            }
        };
    }

    /** Null for what is no request, and for a thread that is in it already. */
    private @Nullable Run enter(@Nullable HttpServerExchange exchange) {
        var request = exchange == null ? null : exchange.getAttachment(Watched.KEY);
        if (request == null) {
            return null;
        }
        var current = Thread.currentThread();
        for (var run : request.runs()) {
            if (run.isOn(current)) {
                return null;
            }
        }
        var run = new Run(request, clock.now());
        request.runs().add(run);
        running.add(run);
        return run;
    }

    private void leave(Run run) {
        running.remove(run);
        run.request().runs().remove(run);
        run.end();
    }

    private void watch() {
        while (!Thread.interrupted()) {
            try {
                clock.sleep(betweenLooks);
            } catch (InterruptedException e) {
                return;
            }
            look();
        }
    }

    private void look() {
        long now = clock.now();
        for (var run : running) {
            try {
                look(run, now);
            } catch (RuntimeException e) {
                log.error("watching {}", run.request().name(), e);
            }
        }
    }

    private void look(Run run, long now) {
        var request = run.request();
        var age = Duration.ofNanos(run.age(now));
        long interrupted = run.sinceInterrupt(now);
        if (request.limit().isPositive() && age.compareTo(request.limit()) >= 0) {
            if (interrupted < 0) {
                if (othersWait()) {
                    timeOut(run, age, now);
                }
            } else if (interrupted >= grace(request).toNanos() && !run.isOver() && run.becameStuck()) {
                stuck(run, age);
            }
        } else if (slow.isPositive() && age.compareTo(slow) >= 0 && run.becameSlow()) {
            log.warn(
                    "slow request: {} has run for {} request-id={} on {}",
                    request.name(),
                    seconds(age),
                    request.id(),
                    run.whereabouts());
        }
    }

    /** Whether so many that the limit holds. */
    private boolean othersWait() {
        var others = waiters;
        return from == 0 || (others != null && others.count() >= from);
    }

    private static Duration grace(Watched request) {
        return GRACE.compareTo(request.limit()) < 0 ? GRACE : request.limit();
    }

    private void timeOut(Run run, Duration age, long now) {
        var request = run.request();
        var whereabouts = run.whereabouts(); // before the interrupt moves it
        boolean told = request.answer();
        run.interrupt(now);
        slot.answers().timedOut();
        log.warn(
                "request timeout: {} has run for {}, and may for {}. {}, and the thread is interrupted request-id={}: {}",
                request.name(),
                seconds(age),
                seconds(request.limit()),
                told ? "The client gets a 503" : "Its response has begun",
                request.id(),
                whereabouts);
    }

    private void stuck(Run run, Duration age) {
        var name = run.request().name();
        if (reported.compareAndSet(false, true)) {
            stuck.accept("has a thread that goes on with %s, %s after it began, although it was interrupted"
                    .formatted(name, seconds(age)));
        }
        log.warn(
                "request timeout: {} goes on after {} request-id={} on {}",
                name,
                seconds(age),
                run.request().id(),
                run.whereabouts());
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
