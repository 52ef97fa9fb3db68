package dev.narwhal.master.arbiter;

/** What the master asks of a worker. */
public enum WorkerSignal {
    /** Drain, then exit. */
    TERM,
    /** Reopen the log files. */
    USR1,
    /** Take no connection any more, and let go of idle ones. */
    WINCH,
    /** Take connections again. */
    TTIN,
    /** Print all threads. */
    QUIT,
    KILL
}
