package dev.narwhal.master.observe;

import dev.narwhal.contract.Scoreboard;
import java.util.Map;
import java.util.TreeMap;

/** Counts that go on when workers end. Any thread. */
public final class Totals {

    private final Scoreboard scoreboard;
    private final Map<String, Long> exits = new TreeMap<>();
    private long requestsOfTheGone;
    private long spawns;

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
