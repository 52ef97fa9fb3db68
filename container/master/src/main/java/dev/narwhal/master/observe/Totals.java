package dev.narwhal.master.observe;

import dev.narwhal.contract.Scoreboard;
import dev.narwhal.contract.ScoreboardAnswers;
import dev.narwhal.contract.ScoreboardContexts;
import dev.narwhal.contract.ScoreboardSessions;
import dev.narwhal.master.arbiter.Demand;
import dev.narwhal.master.arbiter.Happening;
import dev.narwhal.master.arbiter.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Counts that go on when workers end, and when one master follows another. Any thread. */
public final class Totals {

    private final Scoreboard scoreboard;
    private final Instant started = Instant.now();
    private final Map<String, Long> exits = new TreeMap<>();
    private final Chronicle chronicle = new Chronicle();
    private long requestsOfTheGone;
    private Legacy before = Legacy.NONE;
    private final Map<String, Long> losses = new TreeMap<>();
    private final Map<Adaptation, Long> adaptations = new HashMap<>();
    private long spawns;
    private Times boots = Times.NONE;
    private Times preparations = Times.NONE;

    public Totals(Scoreboard scoreboard) {
        this.scoreboard = scoreboard;
    }

    /** What masters before this one have counted is added to what this one does. */
    public synchronized void inherit(Legacy legacy) {
        before = legacy;
        chronicle.inherit(legacy.releases());
    }

    synchronized boolean inherits() {
        return !before.equals(Legacy.NONE);
    }

    /** What was inherited, and nothing else. */
    synchronized Totals inherited(Scoreboard blank) {
        var inherited = new Totals(blank);
        inherited.inherit(before);
        return inherited;
    }

    /** When all of it was zero. */
    synchronized Instant since() {
        return before.sinceMillis() > 0 ? Instant.ofEpochMilli(before.sinceMillis()) : started;
    }

    /** All that was counted until now, for the master that takes the place of this one. */
    public synchronized Legacy bequest(Ledger ledger) {
        return new Legacy(
                requests(),
                spawns(),
                exits(),
                losses(),
                adaptations(),
                reloads(ledger),
                boots(),
                preparations(),
                pauses(),
                answers(),
                sessions().past(),
                contexts().stream().map(ScoreboardContexts.Row::past).toList(),
                chronicle.changes(),
                since().toEpochMilli());
    }

    /** What became of releases. */
    public Chronicle chronicle() {
        return chronicle;
    }

    /** How reloads have ended, ever. */
    synchronized Map<String, Long> reloads(Ledger ledger) {
        return sum(
                before.reloads(),
                Map.of(
                        "ok", ledger.reloaded(),
                        "refused", ledger.refused(),
                        "canary", ledger.failedCanaries(),
                        "rollback", ledger.rolledBack()));
    }

    private static <K> Map<K, Long> sum(Map<K, Long> some, Map<K, Long> others) {
        var sum = new HashMap<>(some);
        others.forEach((key, count) -> sum.merge(key, count, Long::sum));
        return sum;
    }

    /** What the garbage collectors of all workers have done, ever. */
    synchronized Times pauses() {
        var pauses = before.pauses();
        for (int i = 0; i < scoreboard.size(); i++) {
            var vm = scoreboard.slot(i).vm().snapshot();
            pauses = pauses.plus(new Times(vm.collections(), vm.pauseNanos()));
        }
        return pauses;
    }

    /** How requests have ended, ever. */
    synchronized ScoreboardAnswers.Snapshot answers() {
        return before.answers().plus(scoreboard.answers());
    }

    /** What has happened to sessions, ever, and what there is. */
    synchronized ScoreboardSessions.Snapshot sessions() {
        return before.sessions().plus(scoreboard.sessions());
    }

    /** The same for each context. */
    synchronized List<ScoreboardContexts.Row> contexts() {
        var contexts = new TreeMap<String, ScoreboardContexts.Row>();
        Stream.of(before.contexts(), scoreboard.sessionsByContext())
                .flatMap(List::stream)
                .forEach(row -> contexts.merge(row.path(), row, ScoreboardContexts.Row::plus));
        return List.copyOf(contexts.values());
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

        Times plus(Times other) {
            return new Times(count + other.count, nanos + other.nanos);
        }

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
        return sum(before.adaptations(), adaptations);
    }

    synchronized Times boots() {
        return before.boots().plus(boots);
    }

    synchronized Times preparations() {
        return before.preparations().plus(preparations);
    }

    /** Workers that stopped serving, ever, by why they did. */
    synchronized Map<String, Long> losses() {
        return sum(before.losses(), losses);
    }

    /** Requests begun, ever. */
    public synchronized long requests() {
        long requests = before.requests() + requestsOfTheGone;
        for (int i = 0; i < scoreboard.size(); i++) {
            requests += scoreboard.slot(i).counters().requests();
        }
        return requests;
    }

    /** Workers spawned, ever. */
    public synchronized long spawns() {
        return before.spawns() + spawns;
    }

    /** Workers ended, ever, by cause: {@code exit-0}, {@code signal-9}, {@code out-of-memory}. */
    public synchronized Map<String, Long> exits() {
        return sum(before.exits(), exits);
    }
}
