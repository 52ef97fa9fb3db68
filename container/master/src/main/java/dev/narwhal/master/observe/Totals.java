package dev.narwhal.master.observe;

import dev.narwhal.contract.Scoreboard;
import dev.narwhal.master.arbiter.Demand;
import dev.narwhal.master.arbiter.Happening;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts that go on when workers end. Any thread. */
public final class Totals {

    private final Scoreboard scoreboard;
    private final Map<String, Long> exits = new TreeMap<>();
    private long requestsOfTheGone;
    private final Map<String, Long> losses = new TreeMap<>();
    private final Map<Adaptation, Long> adaptations = new HashMap<>();
    private long spawns;
    private Times boots = Times.NONE;
    private Times preparations = Times.NONE;

    public Totals(Scoreboard scoreboard) {
        this.scoreboard = scoreboard;
    }

    /** A slot gets a new worker: what the one before it counted is kept. */
    public synchronized void succeed(int slot, int generation) {
        var counters = scoreboard.slot(slot);
        requestsOfTheGone += counters.counters().requests();
        counters.reset(generation);
        spawns++;
    }

    /** A worker has ended. */
    public synchronized void ended(String cause) {
        exits.merge(cause, 1L, Long::sum);
    }

    /** How often something was done, and how long that took in all. */
    record Times(long count, long nanos) {

        static final Times NONE = new Times(0, 0);

        Times plus(Duration duration) {
            return new Times(count + 1, nanos + duration.toNanos());
        }
    }

    /** A worker is ready, so long after it was spawned. */
    public synchronized void booted(Duration duration) {
        boots = boots.plus(duration);
    }

    /** A release was prepared in that time. */
    public synchronized void prepared(Duration duration) {
        preparations = preparations.plus(duration);
    }

    /** A worker stopped serving, or booting. */
    public synchronized void lost(Happening.Loss cause) {
        losses.merge(cause.name().toLowerCase(Locale.ROOT).replace('_', '-'), 1L, Long::sum);
    }

    /** The number of workers follows the load. */
    public synchronized void adapted(Happening.Adapted adapted) {
        var outcome = adapted.after() > adapted.before() ? "grown" : "shrunk";
        adaptations.merge(new Adaptation(outcome, adapted.call().name().toLowerCase(Locale.ROOT)), 1L, Long::sum);
    }

    /** The number of workers cannot follow the load. */
    public synchronized void held(Demand.Held by) {
        adaptations.merge(new Adaptation("held", by.name().toLowerCase(Locale.ROOT)), 1L, Long::sum);
    }

    /**
     * How the number of workers was or was not adapted to the load.
     *
     * @param outcome {@code grown}, {@code shrunk} or {@code held}
     * @param cause what called for it, or held it
     */
    record Adaptation(String outcome, String cause) {}

    /** How often each, ever. */
    synchronized Map<Adaptation, Long> adaptations() {
        return Map.copyOf(adaptations);
    }

    synchronized Times boots() {
        return boots;
    }

    synchronized Times preparations() {
        return preparations;
    }

    /** Workers that stopped serving, ever, by why they did. */
    synchronized Map<String, Long> losses() {
        return Map.copyOf(losses);
    }

    /** Requests begun, ever. */
    public synchronized long requests() {
        long requests = requestsOfTheGone;
        for (int i = 0; i < scoreboard.size(); i++) {
            requests += scoreboard.slot(i).counters().requests();
        }
        return requests;
    }

    /** Workers spawned, ever. */
    public synchronized long spawns() {
        return spawns;
    }

    /** Workers ended, ever, by cause: {@code exit-0}, {@code signal-9}, {@code out-of-memory}. */
    public synchronized Map<String, Long> exits() {
        return Map.copyOf(exits);
    }
}
