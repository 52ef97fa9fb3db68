package dev.narwhal.master.arbiter;

import dev.narwhal.contract.ScoreboardAnswers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Judges the first worker of a release by what it has answered, beside those of the release before in the same time. */
public final class Canary {

    /**
     * When a worker is good enough.
     *
     * @param window how long it is watched
     * @param errors how many more of 100 requests may fail than with the others
     * @param latency how many times as long as with the others 95 of 100 requests may take; 0: that does not matter
     * @param requests how many it must have answered before it can be judged
     */
    public record Rules(Duration window, int errors, int latency, int requests) {}

    /**
     * What the worker of a slot has answered; the numbers only grow.
     *
     * @param errors requests that were answered with 5xx or not at all
     * @param durations requests by how long they took, see {@link ScoreboardAnswers#BOUNDS}
     */
    public record Tally(long requests, long errors, List<Long> durations) {

        static final Tally NONE = new Tally(0, 0, List.of());

        public Tally {
            durations = List.copyOf(durations);
        }

        Tally minus(Tally earlier) {
            return new Tally(
                    requests - earlier.requests, errors - earlier.errors, combined(durations, earlier.durations, -1));
        }

        Tally plus(Tally other) {
            return new Tally(requests + other.requests, errors + other.errors, combined(durations, other.durations, 1));
        }

        private static List<Long> combined(List<Long> some, List<Long> others, int sign) {
            var result = new ArrayList<Long>();
            for (int i = 0; i < Math.max(some.size(), others.size()); i++) {
                result.add((i < some.size() ? some.get(i) : 0) + sign * (i < others.size() ? others.get(i) : 0));
            }
            return result;
        }

        private double errorsOfHundred() {
            return requests == 0 ? 0 : 100.0 * errors / requests;
        }

        /** The bound within which 95 of 100 requests were answered; what took longer than the last bound counts as twice that. */
        private Duration most() {
            long left = requests - requests * 5 / 100;
            for (int i = 0; i < durations.size() && i < ScoreboardAnswers.BOUNDS.size(); i++) {
                left -= durations.get(i);
                if (left <= 0) {
                    return ScoreboardAnswers.BOUNDS.get(i);
                }
            }
            return ScoreboardAnswers.BOUNDS.getLast().multipliedBy(2);
        }
    }

    private Canary() {}

    /** Numbers of all slots have come. */
    static void counted(Turn turn, List<Tally> slots) {
        if (!turn.running() || !(turn.rollout instanceof Rollout.Watching watching)) {
            return;
        }
        if (watching.base().isEmpty()) {
            turn.rollout = watching.from(slots);
            return;
        }
        var rules = turn.settingsOf(watching.next()).rolling().canary().orElseThrow();
        var canary = since(watching, slots, watching.slot());
        var others = turn.where(slot -> slot instanceof Slot.Ready && slot.generation() == watching.current()).stream()
                .map(index -> since(watching, slots, index))
                .reduce(Tally.NONE, Tally::plus);
        boolean enough = canary.requests() >= rules.requests();
        var fault = enough ? fault(rules, canary, others) : Optional.<String>empty();
        if (fault.isPresent()) {
            Releases.failCanary(turn, watching, fault.get());
        } else if (turn.now.reached(watching.until())) {
            Releases.passCanary(turn, watching, canary.requests(), enough);
        }
    }

    private static Tally since(Rollout.Watching watching, List<Tally> slots, int index) {
        return slots.get(index).minus(watching.base().orElseThrow().get(index));
    }

    static Optional<String> fault(Rules rules, Tally canary, Tally others) {
        double errors = canary.errorsOfHundred();
        if (errors > others.errorsOfHundred() + rules.errors()) {
            return Optional.of("of its first worker's %d requests %s %% failed, of the others' %d requests %s %%"
                    .formatted(canary.requests(), share(errors), others.requests(), share(others.errorsOfHundred())));
        }
        if (rules.latency() > 0 && others.requests() >= rules.requests()) {
            var most = canary.most();
            if (most.compareTo(others.most().multipliedBy(rules.latency())) > 0) {
                return Optional.of("95 %% of its first worker's requests took up to %s, of the others' %s"
                        .formatted(Wording.time(most), Wording.time(others.most())));
            }
        }
        return Optional.empty();
    }

    private static String share(double ofHundred) {
        return String.format(Locale.ROOT, "%.1f", ofHundred);
    }
}
