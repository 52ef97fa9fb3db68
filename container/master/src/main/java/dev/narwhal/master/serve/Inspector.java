package dev.narwhal.master.serve;

import dev.narwhal.contract.ExitCode;
import dev.narwhal.master.config.Config;
import dev.narwhal.master.config.ConfigLoader.Surroundings;
import dev.narwhal.master.config.LogLevel;
import java.nio.file.Path;

/** What the commands on one WAR run: {@code narwhal inspect}, {@code narwhal prepare} and {@code narwhal check}. They print to standard output. */
public interface Inspector {

    enum Format {
        TEXT,
        JSON
    }

    /**
     * Prints what {@code war} deploys.
     *
     * @param war the absolute path of an existing file or directory
     * @param surroundings what the WAR finds around it
     * @return {@link ExitCode#DEPLOY} when the WAR is not valid; the reason is logged
     */
    ExitCode inspect(Path war, Format format, LogLevel logLevel, Surroundings surroundings);

    /**
     * Prepares {@code war} now.
     *
     * @param war the absolute path of an existing file or directory
     * @param pages whether to compile its JSP pages too
     * @return {@link ExitCode#DEPLOY} when the WAR is not valid or a page cannot be compiled; the reason is logged
     */
    ExitCode prepare(Path war, boolean pages, LogLevel logLevel, Surroundings surroundings);

    /**
     * Prints what will work of an application and what will not, after a worker that serves nobody has deployed it.
     *
     * @param config of {@code narwhal run}, with one application
     * @return {@link ExitCode#FINDINGS} when something will not work, {@link ExitCode#DEPLOY} when it cannot be deployed
     */
    ExitCode check(Config config, Format format);
}
