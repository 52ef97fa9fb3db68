package dev.narwhal.master.serve;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.arbiter.Effect;
import dev.narwhal.master.arbiter.Event;
import dev.narwhal.master.arbiter.Happening;
import dev.narwhal.master.arbiter.Moment;
import dev.narwhal.master.arbiter.Pool;
import dev.narwhal.master.arbiter.Rollout;
import dev.narwhal.master.arbiter.Step;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * The arbiter's loop: takes one event at a time, has the state machine decide, and has the decisions performed. One thread; nothing in it
 * waits for anything but the queue.
 */
final class Arbiter {

    /** How long it waits for an event before it looks at the clock: what it has missed by then is how long it stood still. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private final BlockingQueue<Event> events;
    private final Hands hands;
    private final BiConsumer<Pool, Moment> seen;

    /** For whoever looks, from any thread. */
    private volatile Pool latest;

    private Arbiter(BlockingQueue<Event> events, Hands hands, BiConsumer<Pool, Moment> seen, Pool start) {
        this.events = events;
        this.hands = hands;
        this.seen = seen;
        latest = start;
    }

    /**
     * Performs what a start asks for; what comes of it waits for {@link #run}.
     *
     * @param seen is shown the state after every event
     */
    static Arbiter begin(BlockingQueue<Event> events, Hands hands, BiConsumer<Pool, Moment> seen, Step start) {
        var arbiter = new Arbiter(events, hands, seen, start.pool());
        arbiter.show(arbiter.perform(start));
        return arbiter;
    }

    /** The state after the last event. Any thread. */
    Pool latest() {
        return latest;
    }

    /** Runs until no worker is left and none is wanted. */
    ExitCode run() throws InterruptedException {
        var pool = latest;
        while (!pool.stopped()) {
            var begun = now();
            var patience = patience(pool, begun);
            var event = patience.isZero() ? new Event.Tick() : events.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            var missed = now().since(begun).minus(patience);
            if (missed.compareTo(LOOK) > 0) {
                pool = handle(pool, new Event.StoodStill(missed));
            }
            if (event == null) {
                continue;
            }
            if (event instanceof Event.Tick) {
                for (var beat : hands.beats(pool)) {
                    pool = handle(pool, beat);
                }
                if (pool.rollout() instanceof Rollout.Watching) {
                    pool = handle(pool, hands.counts());
                }
                if (pool.look().filter(now()::reached).isPresent()) {
                    pool = handle(pool, hands.load(pool));
                }
            }
            pool = handle(pool, event);
            show(pool);
        }
        return hands.exitCode();
    }

    private void show(Pool pool) {
        latest = pool;
        seen.accept(pool, now());
    }

    private static Moment now() {
        return new Moment(System.nanoTime());
    }

    /** How long to wait for an event; zero when a deadline has come, even if the queue is never empty. */
    private static Duration patience(Pool pool, Moment now) {
        var left = pool.nextDeadline().map(deadline -> deadline.since(now)).orElse(LOOK);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(LOOK) < 0 ? left : LOOK;
    }

    private Pool handle(Pool pool, Event event) {
        var now = now();
        var step = pool.handle(event, now);
        hands.decided(pool, step.pool());
        Happening.of(pool, event, step.pool(), now).forEach(hands::tell);
        return perform(step);
    }

    /** Performs all effects; the answer to a spawn is handled before anything else happens. */
    private Pool perform(Step step) {
        var pool = step.pool();
        for (var effect : step.effects()) {
            if (effect instanceof Effect.Spawn spawn) {
                pool = handle(pool, hands.spawn(spawn));
            } else {
                hands.perform(effect);
            }
        }
        return pool;
    }
}
