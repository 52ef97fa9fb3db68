package dev.narwhal.worker.prepare;

/** Where preparing tells how it goes. */
interface Report {

    /** Something that an operator may wait for, as a phrase such as {@code unpacking shop.war}. */
    void progress(String what);

    /** Something about the application that the operator should know. */
    void warning(String text);
}
