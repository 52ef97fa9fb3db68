package dev.narwhal.master.serve;

import dev.narwhal.master.config.Loaded;
import dev.narwhal.master.config.LogLevel;
import java.util.List;

/** Where the configuration comes from, and where what it says of logging goes. Any thread. */
public interface Sources {

    /**
     * Reads everything again: the command line and the environment as they were at the start, the files as they are.
     *
     * @param wars {@code WAR=CONTEXT}, which take the place of all that is given elsewhere; none: what is given there holds
     */
    Loaded read(List<String> wars);

    /** From now on the master logs so much. */
    void logLevel(LogLevel level);
}
