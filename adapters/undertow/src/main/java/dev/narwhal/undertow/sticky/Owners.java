package dev.narwhal.undertow.sticky;

import dev.narwhal.contract.Scoreboard;
import dev.narwhal.contract.ScoreboardSlot;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Which worker has a session: the one that the end of its id names. When that one is gone, the one that all workers agree on without asking:
 * each pair of an id and a worker has a rank, and the highest one wins, so that the end of a worker moves its sessions only.
 */
public final class Owners {

    private static final Pattern ROUTE = Pattern.compile(".*\\.([0-9]{1,4})-([0-9a-f]{1,8})");

    private final Scoreboard scoreboard;
    private final int own;
    private final int incarnation;

    /**
     * @param own the slot of this worker
     * @param incarnation that no worker before had in this slot
     */
    public Owners(Scoreboard scoreboard, int own, int incarnation) {
        this.scoreboard = scoreboard;
        this.own = own;
        this.incarnation = incarnation;
    }

    /** What ids of this worker's sessions end with. */
    public String route() {
        return "." + own + "-" + Integer.toHexString(incarnation);
    }

    /** Tells the other workers where this one takes requests. */
    void listensAt(int port) {
        scoreboard.slot(own).peer(port, incarnation);
    }

    /** The port of the worker that has the session; empty if this one is to look for it. */
    OptionalInt otherThanThis(String id) {
        int owner = named(id);
        if (owner < 0) {
            owner = agreed(id);
        }
        return owner == own
                ? OptionalInt.empty()
                : OptionalInt.of(scoreboard.slot(owner).peerPort());
    }

    /** -1 if it is gone, or about to go. */
    private int named(String id) {
        var route = ROUTE.matcher(id);
        if (!route.matches()) {
            return -1;
        }
        int owner = Integer.parseInt(route.group(1));
        if (owner >= scoreboard.size()) {
            return -1;
        }
        var slot = scoreboard.slot(owner);
        boolean same = slot.incarnation() == Integer.parseUnsignedInt(route.group(2), 16);
        return same && (owner == own || takesRequests(slot)) ? owner : -1;
    }

    private int agreed(String id) {
        int agreed = own;
        long highest = Long.MIN_VALUE;
        for (int i = 0; i < scoreboard.size(); i++) {
            var slot = scoreboard.slot(i);
            long rank = rank(id, slot.incarnation());
            if (takesRequests(slot) && rank > highest) {
                highest = rank;
                agreed = i;
            }
        }
        return agreed;
    }

    private static boolean takesRequests(ScoreboardSlot slot) {
        return slot.state() == ScoreboardSlot.State.READY && slot.peerPort() != 0;
    }

    /** The finalizer of MurmurHash3. */
    private static long rank(String id, int incarnation) {
        long rank = ((long) id.hashCode() << 32) ^ Integer.toUnsignedLong(incarnation);
        rank = (rank ^ (rank >>> 33)) * 0xff51afd7ed558ccdL;
        rank = (rank ^ (rank >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return rank ^ (rank >>> 33);
    }
}
