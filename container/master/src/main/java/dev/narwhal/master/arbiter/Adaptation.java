package dev.narwhal.master.arbiter;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.event.Level;

/**
 * Has the number of workers follow the load, one at a time: up when requests wait or the workers have been busy at every look for a while, down when one
 * less would have been enough for a far longer while. It leaves the number alone while anything else moves: a release, an upgrade, a worker that
 * boots.
 */
final class Adaptation {

    /** So much later than it was due, a look compares with times when nobody ran. */
    private static final Duration LATE = Settings.STALL;

    private Adaptation() {}

    /** When looks are due, from here on. */
    static void schedule(Turn turn) {
        var elastic = turn.settings.elastic();
        if (elastic.isEmpty() || turn.target == 0 || !still(turn)) {
            turn.demand = turn.demand.idle();
        } else if (turn.demand.next().isEmpty()) {
            turn.demand = turn.demand.next(turn.now.plus(elastic.get().look()));
        }
    }

    private static boolean still(Turn turn) {
        return turn.running() && turn.rollout instanceof Rollout.Steady && !turn.upgrade.underway();
    }

    static void deadlinePassed(Turn turn) {
        if (turn.demand.next().filter(turn.now::reached).isPresent()) {
            turn.settings.elastic().ifPresent(elastic -> turn.demand = turn.demand.next(turn.now.plus(elastic.look())));
        }
    }

    static void measured(Turn turn, Load load) {
        var elastic = turn.settings.elastic();
        if (elastic.isEmpty() || turn.demand.next().isEmpty() || !still(turn)) {
            return;
        }
        int serving = turn.count(Slot.Ready.class::isInstance);
        if (serving != turn.target || load.paused()) {
            turn.demand = turn.demand.restart();
            return;
        }
        var finding = turn.demand
                .last()
                .filter(last ->
                        turn.now.since(last.at()).compareTo(elastic.get().look().plus(LATE)) < 0)
                .map(last -> finding(turn, elastic.get(), last, load));
        if (finding.isEmpty()) {
            turn.demand = turn.demand.restart().begin(turn.now, load);
            return;
        }
        turn.demand = turn.demand.plus(turn.now, load, finding.get());
        grow(turn, elastic.get(), load, finding.get());
        shrink(turn, elastic.get(), finding.get());
    }

    private static Demand.Finding finding(Turn turn, Elastic elastic, Demand.Look last, Load load) {
        var before = last.load();
        long answered = load.answered() - before.answered();
        var wait = answered == 0
                ? Duration.ZERO
                : load.waited().minus(before.waited()).dividedBy(answered);
        double inFlight = 0;
        double cpu = 0;
        for (var worker : load.workers().entrySet()) {
            inFlight += worker.getValue().inFlight();
            var earlier = before.workers().get(worker.getKey());
            if (earlier != null) {
                cpu += worker.getValue().cpu().minus(earlier.cpu()).toNanos();
            }
        }
        double cores = cpu / Math.max(1, turn.now.since(last.at()).toNanos());
        double busy = Math.max(inFlight / elastic.permits() / turn.target, cores / elastic.share() / turn.target);
        return new Demand.Finding(load.queued(), wait, Math.min(1, busy), cores);
    }

    private static void grow(Turn turn, Elastic elastic, Load load, Demand.Finding finding) {
        var call = finding.call(turn.demand.busy());
        if (call.isEmpty() || !since(turn, turn.demand.pressed(), elastic.grow())) {
            return;
        }
        var held = held(turn, elastic, load, finding);
        if (held.isEmpty()) {
            change(turn, turn.target + 1, call.get(), finding);
        } else if (!held.equals(turn.demand.held())) {
            turn.demand = turn.demand.held(held.get());
            turn.log(Level.WARN, Wording.held(turn, held.get(), elastic, load, finding));
        }
    }

    /** Why another worker would not help, or do harm. */
    private static Optional<Demand.Held> held(Turn turn, Elastic elastic, Load load, Demand.Finding finding) {
        if (turn.target >= elastic.most()) {
            return Optional.of(Demand.Held.MOST);
        }
        if (finding.cores() >= Elastic.BUSY * elastic.cores()) {
            return Optional.of(Demand.Held.CPU);
        }
        return load.freeBytes() < needed(load) ? Optional.of(Demand.Held.MEMORY) : Optional.empty();
    }

    /** Another worker becomes as large as the largest there is. */
    static long needed(Load load) {
        return load.workers().values().stream()
                .mapToLong(Load.Toil::residentBytes)
                .max()
                .orElse(0);
    }

    private static void shrink(Turn turn, Elastic elastic, Demand.Finding finding) {
        var calm = turn.demand.calm();
        if (!since(turn, calm.map(Demand.Calm::since), elastic.shrink())) {
            return;
        }
        int fewer = turn.target - 1;
        if (fewer >= elastic.least() && calm.orElseThrow().mean() * turn.target / fewer < Elastic.CALM) {
            change(turn, fewer, Demand.Call.ENOUGH, finding);
        } else {
            turn.demand = turn.demand.recalm();
        }
    }

    private static boolean since(Turn turn, Optional<Moment> begin, Duration period) {
        return begin.filter(moment -> turn.now.reached(moment.plus(period))).isPresent();
    }

    private static void change(Turn turn, int target, Demand.Call call, Demand.Finding finding) {
        turn.log(Level.INFO, Wording.adapted(turn, target, call, finding));
        turn.demand = turn.demand.changed(new Demand.Change(turn.now, turn.target, target, call));
        turn.target = target;
    }
}
