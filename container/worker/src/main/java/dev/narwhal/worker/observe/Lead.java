package dev.narwhal.worker.observe;

import dev.narwhal.contract.Scoreboard;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Whether this worker leads: does what only one of all may do. The master decides, and the answer is as of now.
 *
 * <p>Applications find it as an attribute of their servlet context, of a type of the JDK's. Code that has no servlet context reads the system property, which a
 * thread keeps: it says no as soon as that thread sees that the lead has gone, and yes one look later than it sees that it has come, so that two workers do not
 * say yes at a time unless one of them stands still.
 */
public final class Lead implements BooleanSupplier {

    /** The attribute of servlet contexts: a {@link BooleanSupplier}. */
    public static final String ATTRIBUTE = "narwhal.worker.leader";

    /** The system property: {@code true} or {@code false}. */
    private static final String PROPERTY = "narwhal.worker.leader";

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final Scoreboard scoreboard;
    private final int pid = Math.toIntExact(ProcessHandle.current().pid());

    private Lead(Scoreboard scoreboard) {
        this.scoreboard = scoreboard;
    }

    /** Starts to keep the property, for as long as the process lives. */
    public static Lead start(Scoreboard scoreboard) {
        var lead = new Lead(scoreboard);
        System.setProperty(PROPERTY, "false");
        Thread.ofPlatform().daemon(true).name("lead").start(lead::keep);
        return lead;
    }

    @Override
    public boolean getAsBoolean() {
        return scoreboard.leader() == pid;
    }

    private void keep() {
        boolean before = false;
        boolean said = false;
        while (!Thread.interrupted()) {
            boolean leads = getAsBoolean();
            boolean says = leads && before;
            if (says != said) {
                System.setProperty(PROPERTY, Boolean.toString(says));
                said = says;
            }
            before = leads;
            try {
                Thread.sleep(INTERVAL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
