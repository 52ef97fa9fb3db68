package dev.narwhal.worker.migration;

import dev.narwhal.worker.war.WarException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Turns an application that is written for {@code javax.servlet} into one for {@code jakarta.servlet}. */
public interface Migration {

    /**
     * Whether an application is written for {@code javax.servlet}. Libraries that could also serve such applications do not make it one.
     *
     * @param app the unpacked application
     */
    boolean isNeeded(Path app) throws IOException;

    /**
     * Changes the files of an application. After a failure some are changed and some are not.
     *
     * @param app the unpacked application, which nobody else uses
     * @param name what messages call the application
     * @param kept where libraries are that were migrated before
     * @param progress gets what is done so far: {@code 3 of 104 JARs}; called by this thread
     * @param warnings gets a sentence for the operator for what could not be migrated; called by this thread
     */
    void migrate(Path app, String name, Kept kept, Consumer<String> progress, Consumer<String> warnings)
            throws WarException, IOException;
}
