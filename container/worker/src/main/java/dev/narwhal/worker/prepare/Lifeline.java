package dev.narwhal.worker.prepare;

import dev.narwhal.contract.ExitCode;
import java.io.IOException;
import java.io.InputStream;

/** Ends this process with the one that has started it: what it does is for nobody then. A cache takes only what is complete. */
final class Lifeline {

    private Lifeline() {}

    /** @param lifeline a pipe that nobody writes to and only the starter holds open */
    static void follow(InputStream lifeline) {
        Thread.ofPlatform().daemon(true).name("lifeline").start(() -> {
            try {
                while (lifeline.read() >= 0) {
                    // nobody writes
                }
            } catch (IOException e) {
                // as good as its end
            }
            Runtime.getRuntime().halt(ExitCode.SYSTEM.status());
        });
    }
}
