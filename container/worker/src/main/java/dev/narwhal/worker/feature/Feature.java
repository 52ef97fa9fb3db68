package dev.narwhal.worker.feature;

import dev.narwhal.worker.war.PreparedApp;
import dev.narwhal.worker.war.WarException;
import dev.narwhal.worker.war.WebApp;
import java.nio.file.Path;

/** A technology beyond servlets that applications may use. */
public interface Feature {

    /**
     * Looks at an application that is about to be deployed.
     *
     * @param app the merged descriptor
     * @param classLoader of the application
     * @param temporary the application's own temporary directory
     * @return what the engine is to add to the deployment; {@link Contribution#NONE} if the application does not use the technology
     * @throws WarException if the application cannot work; the message is for the operator
     */
    Contribution contribute(WebApp app, ClassLoader classLoader, Path temporary) throws WarException;

    /**
     * The same, for a feature that keeps what it makes of an application in the prepared directory, where all workers find it.
     *
     * @param prepared the application with its directory, which several workers may write to at once
     */
    default Contribution contribute(PreparedApp prepared, ClassLoader classLoader, Path temporary) throws WarException {
        return contribute(prepared.webApp(), classLoader, temporary);
    }
}
