package dev.narwhal.contract;

import java.io.IOException;
import java.io.InputStream;

/** The process that has started this one. */
public final class Parent {

    private Parent() {}

    /**
     * Watches for its end, on a thread of its own.
     *
     * @param lifeline a pipe that nobody writes to and only the parent holds open
     * @param gone is run there, once
     */
    public static void watch(InputStream lifeline, Runnable gone) {
        Thread.ofPlatform().daemon(true).name("lifeline").start(() -> {
            try {
                while (lifeline.read() >= 0) {
                    // nobody writes
                }
            } catch (IOException e) {
                // as good as its end
            }
            gone.run();
        });
    }
}
