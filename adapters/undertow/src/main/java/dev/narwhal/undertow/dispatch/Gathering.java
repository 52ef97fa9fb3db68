package dev.narwhal.undertow.dispatch;

/** Lets request threads do together what each request needs at its end. Any thread may call it. */
public interface Gathering {

    /** Runs a task once the requests that are about to be run have been, or enough of them; and soon whatever they do. */
    void soon(Runnable task);

    /** Runs the rest of a request that has left its thread. It may block. */
    void goOn(Runnable rest);
}
