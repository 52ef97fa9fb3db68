package dev.narwhal.master.serve;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.config.Config;
import dev.narwhal.master.config.Effective;

/** What {@code narwhal run} runs. */
public interface Server {

    /**
     * Serves until it is told to stop. Logging is set up before. Every failure that an operator can cause is logged and
     * returned as a code; an exception means a defect.
     *
     * @param effective what an operator is shown of the configuration
     * @param sources read again at each reload
     */
    ExitCode serve(Config config, Effective effective, Sources sources);
}
