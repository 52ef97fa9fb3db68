package dev.narwhal.master.arbiter;

import java.time.Duration;
import java.util.Optional;

/**
 * What is known of the load, where the number of workers follows it.
 *
 * @param next when to look again; empty while that number is left alone
 * @param last what the last look has found, if another one may be compared with it
 * @param busy how much of what the workers can do they have done lately, from 0 to 1
 * @param pressed since when the load has called for one more at every look
 * @param calm what the looks have found since the load last did
 * @param held why there is not one more although the load has called for it for long enough
 * @param change the last one
 */
public record Demand(
        Optional<Moment> next,
        Optional<Look> last,
        double busy,
        Optional<Moment> pressed,
        Optional<Calm> calm,
        Optional<Held> held,
        Optional<Change> change) {

    static final Demand NONE = new Demand(
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** What one look counts for in {@link #busy}: a number of requests at one moment is chance. */
    private static final double WEIGHT = 0.3;

    /** How the load calls for another worker, or for one less. */
    public enum Call {
        QUEUED("connections wait for a worker"),
        WAITING("requests wait for a thread"),
        BUSY("the workers are busy"),
        ENOUGH("one less is enough");

        private final String text;

        Call(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** Why there is no other worker. */
    public enum Held {
        MOST,
        MEMORY,
        CPU
    }

    record Look(Moment at, Load load) {}

    /** Looks since {@code since} that called for nothing, and the sum of how busy the workers were at each. */
    record Calm(Moment since, int looks, double busy) {

        Calm plus(double share) {
            return new Calm(since, looks + 1, busy + share);
        }

        double mean() {
            return busy / looks;
        }
    }

    /** Another number of workers was wanted. */
    public record Change(Moment at, int before, int after, Call call) {}

    /** What lies between two looks. */
    record Finding(int queued, Duration waited, double busy, double cores) {

        Optional<Call> call(double lately) {
            if (queued > 0) {
                return Optional.of(Call.QUEUED);
            }
            if (waited.compareTo(Elastic.LONG_WAIT) >= 0) {
                return Optional.of(Call.WAITING);
            }
            return lately >= Elastic.BUSY ? Optional.of(Call.BUSY) : Optional.empty();
        }
    }

    /** Whoever has shown what they call for is heard; all others have to show it anew. */
    Demand restart() {
        return new Demand(next, Optional.empty(), busy, Optional.empty(), Optional.empty(), Optional.empty(), change);
    }

    Demand idle() {
        return new Demand(
                Optional.empty(), Optional.empty(), 0, Optional.empty(), Optional.empty(), Optional.empty(), change);
    }

    Demand next(Moment moment) {
        return new Demand(Optional.of(moment), last, busy, pressed, calm, held, change);
    }

    /** Looked, with nothing to compare it with. */
    Demand begin(Moment now, Load load) {
        return new Demand(next, Optional.of(new Look(now, load)), busy, pressed, calm, held, change);
    }

    /** Looked, and {@code finding} is what has happened since the look before. */
    Demand plus(Moment now, Load load, Finding finding) {
        double lately = busy + WEIGHT * (finding.busy() - busy);
        boolean calls = finding.call(lately).isPresent();
        return new Demand(
                next,
                Optional.of(new Look(now, load)),
                lately,
                calls ? pressed.or(() -> Optional.of(now)) : Optional.empty(),
                calls
                        ? Optional.empty()
                        : Optional.of(calm.orElse(new Calm(now, 0, 0)).plus(finding.busy())),
                calls ? held : Optional.empty(),
                change);
    }

    Demand held(Held by) {
        return new Demand(next, last, busy, pressed, calm, Optional.of(by), change);
    }

    Demand recalm() {
        return new Demand(next, last, busy, pressed, Optional.empty(), held, change);
    }

    Demand changed(Change latest) {
        return new Demand(
                next,
                Optional.empty(),
                busy,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(latest));
    }
}
