package dev.narwhal.master.arbiter;

/** What an operator asks of the master. QUIT is not here: it stays the JVM's thread dump. */
public enum MasterSignal {
    /** Stop, and let the workers finish within the graceful timeout. */
    TERM,
    /** Stop now: workers get one second. */
    INT,
    /** Reload: prepare again, then replace all workers one after the other. */
    HUP,
    /** Upgrade: start another master, and leave when its workers are ready. */
    USR2,
    /** One worker more. */
    TTIN,
    /** One worker less. */
    TTOU,
    /** Reopen the log files. */
    USR1,
    /** Drain all workers, but keep listening. */
    WINCH
}
