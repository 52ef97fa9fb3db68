package dev.narwhal.master.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What comes of that which master and workers print.
 *
 * @param format the form of each line
 * @param captured whether the master reads what workers print, and says whose it is
 * @param crashes where the last words of crashed workers are kept, if not in the cache directory
 */
public record OutputRules(LogFormat format, boolean captured, Optional<Path> crashes) {

    static OutputRules of(Givens givens, Path workingDirectory) {
        return new OutputRules(
                givens.one(Settings.LOG_FORMAT),
                !givens.one(Settings.NO_CAPTURE_OUTPUT),
                givens.optional(Settings.CRASH_DIR)
                        .map(directory -> workingDirectory
                                .resolve(directory)
                                .toAbsolutePath()
                                .normalize()));
    }

    /** The master's own lines have one form for as long as it runs. */
    OutputRules with(LogFormat running) {
        return new OutputRules(running, captured, crashes);
    }
}
