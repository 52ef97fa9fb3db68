package dev.narwhal.master.control;

import java.util.List;

/** What an operator can ask a running server for; each returns at once and is carried out by the arbiter. */
public interface Orders {

    /**
     * As HUP.
     *
     * @param wars {@code WAR=CONTEXT}, which take the place of those that were served so far; none: nothing changes of that
     */
    void reload(List<String> wars);

    /** The release before, if it is kept, takes over again. */
    void rollback();

    /** As USR2. */
    void upgrade();

    /** As TERM, or INT if {@code quick}. */
    void stop(boolean quick);

    /** As USR1. */
    void reopenLogs();

    /** As TTIN. */
    void addWorker();

    /** As TTOU. */
    void removeWorker();

    /** Another worker takes the place of this one, and is ready first. */
    void restart(int pid);

    void kill(int pid);

    /** New connections stay in the kernel's queue, or not any more. */
    void pause(boolean paused);
}
