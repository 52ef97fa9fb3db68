package dev.narwhal.master.observe;

import com.google.gson.annotations.SerializedName;
import dev.narwhal.master.arbiter.Pool;
import dev.narwhal.master.arbiter.Rollout;
import dev.narwhal.master.arbiter.Upgrade;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the last releases: starts, reloads, rollbacks, upgrades. Found by comparing what the arbiter decided with what it had decided before, so that no
 * decision depends on it. Written on the arbiter's thread, read by any.
 */
public final class Chronicle {

    private static final int MOST = 20;

    /** Newest first. */
    private final List<Change> changes = new ArrayList<>();

    /** What was to change. */
    public enum Kind {
        @SerializedName("start")
        START,
        @SerializedName("reload")
        RELOAD,
        @SerializedName("rollback")
        ROLLBACK,
        @SerializedName("upgrade")
        UPGRADE
    }

    /** What became of it. */
    public enum Outcome {
        @SerializedName("underway")
        UNDERWAY,
        @SerializedName("ok")
        OK,
        @SerializedName("refused")
        REFUSED,
        @SerializedName("canary")
        CANARY,
        @SerializedName("rollback")
        ROLLED_BACK,
        @SerializedName("failed")
        FAILED
    }

    /**
     * One release, or one way to another.
     *
     * @param beganMillis since 1970
     * @param generation that was to serve
     * @param tookMillis 0 while it is under way
     * @param reason why it did not come to that, if it did not
     */
    public record Change(
            long beganMillis,
            Kind kind,
            int generation,
            Outcome outcome,
            long tookMillis,
            @Nullable String reason) {

        private Change ended(Outcome how, @Nullable String why, Instant now) {
            return new Change(beganMillis, kind, generation, how, Math.max(1, now.toEpochMilli() - beganMillis), why);
        }
    }

    /** The first release of a master that takes nobody's place. */
    public synchronized void started(int generation, Instant now) {
        begin(Kind.START, generation, now);
    }

    /** The arbiter has taken in one event. */
    public synchronized void see(Pool before, Pool after, Instant now) {
        if (!after.upgrade().equals(before.upgrade())) {
            upgrade(before.upgrade(), after, now);
        }
        boolean takenBack = after.ledger().rolledBack() > before.ledger().rolledBack();
        if (!after.refusal().equals(before.refusal())) {
            boolean watched = after.ledger().failedCanaries() > before.ledger().failedCanaries();
            var how = takenBack ? Outcome.ROLLED_BACK : watched ? Outcome.CANARY : Outcome.REFUSED;
            after.refusal().ifPresent(refusal -> end(false, how, refusal.reason(), now));
        } else if (takenBack) {
            end(false, Outcome.ROLLED_BACK, "an operator took it back", now);
            begin(Kind.ROLLBACK, after.rollout().current(), now);
        }
        if (arrived(before.rollout(), after.rollout())) {
            end(false, Outcome.OK, null, now);
        }
        if (after.generations() > before.generations()) {
            begin(Kind.RELOAD, after.generations(), now);
        }
    }

    /** All workers are of the release that was to serve, or the first worker of the first one is ready. */
    private static boolean arrived(Rollout before, Rollout after) {
        boolean another = before.current() != after.current();
        return (before instanceof Rollout.Replacing || another) && !(after instanceof Rollout.Replacing);
    }

    private void upgrade(Upgrade before, Pool after, Instant now) {
        if (after.upgrade().attempts() > before.attempts()) {
            begin(Kind.UPGRADE, after.generations() + 1, now);
        }
        switch (after.upgrade()) {
            case Upgrade.Done _ -> end(true, Outcome.OK, null, now);
            case Upgrade.Failed(var _, var _, String reason) -> end(true, Outcome.FAILED, reason, now);
            case Upgrade.Idle _, Upgrade.Underway _, Upgrade.Withdrawing _ -> {}
        }
    }

    private void begin(Kind kind, int generation, Instant now) {
        changes.addFirst(new Change(now.toEpochMilli(), kind, generation, Outcome.UNDERWAY, 0, null));
        while (changes.size() > MOST) {
            changes.removeLast();
        }
    }

    /** Of those that are under way the newest: an upgrade and a release do not wait for each other. */
    private void end(boolean upgrade, Outcome how, @Nullable String why, Instant now) {
        for (int i = 0; i < changes.size(); i++) {
            var change = changes.get(i);
            if (change.outcome() == Outcome.UNDERWAY && (change.kind() == Kind.UPGRADE) == upgrade) {
                changes.set(i, change.ended(how, why, now));
                return;
            }
        }
    }

    /** The newest first. */
    public synchronized List<Change> changes() {
        return List.copyOf(changes);
    }

    /** What a master has seen whose place this one takes; what that one called something that is unknown here is left out. */
    synchronized void inherit(List<Change> earlier) {
        earlier.stream()
                .filter(change -> change.kind() != null && change.outcome() != null)
                .limit(Math.max(0, MOST - changes.size()))
                .forEach(changes::addLast);
    }
}
