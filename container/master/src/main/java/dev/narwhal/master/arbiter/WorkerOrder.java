package dev.narwhal.master.arbiter;

/** What an operator asks about one worker. */
public enum WorkerOrder {
    /** Another worker takes its place, and is ready first. */
    RESTART,
    /** It ends now, and what it has in flight is lost. */
    KILL
}
