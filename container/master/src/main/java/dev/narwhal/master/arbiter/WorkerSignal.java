package dev.narwhal.master.arbiter;

/** What the master asks of a worker. */
public enum WorkerSignal {
    /** Drain, then exit. */
    TERM,
    /** Reopen the log files. */
    USR1,
    /** Print all threads. */
    QUIT,
    KILL
}
