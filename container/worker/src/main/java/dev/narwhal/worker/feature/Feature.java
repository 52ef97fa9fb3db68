package dev.narwhal.worker.feature;

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
     * The same for a feature that wants to know what the operator provides; this is the method that is called.
     *
     * @param resources what every application of this worker may use
     * @throws WarException if the application cannot work; the message is for the operator
     */
    default Contribution contribute(WebApp app, ClassLoader classLoader, Path temporary, ServerResources resources)
            throws WarException {
        return contribute(app, classLoader, temporary);
    }
}
