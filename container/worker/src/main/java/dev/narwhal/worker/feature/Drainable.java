package dev.narwhal.worker.feature;

/**
 * What an application has open beyond requests, such as WebSockets. A feature leaves one as an attribute of the servlet context; the engine calls it
 * when the worker drains.
 */
public interface Drainable {

    /** The attribute's name. */
    String ATTRIBUTE = "dev.narwhal.drainable";

    /** Begins to end what is open, and lets nothing new begin. Returns at once. Any thread. */
    void drain();
}
