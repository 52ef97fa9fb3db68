package dev.narwhal.worker.feature;

import dev.narwhal.worker.war.PreparedApp;
import dev.narwhal.worker.war.WebApp;
import java.nio.file.Path;

/**
 * An application that is about to be deployed.
 *
 * @param prepared the application with its directory, where several workers may keep what they make of it
 * @param classLoader of the application
 * @param temporary the application's own temporary directory in this worker
 * @param resources what the operator provides for it
 */
public record Candidate(PreparedApp prepared, ClassLoader classLoader, Path temporary, ServerResources resources) {

    public WebApp webApp() {
        return prepared.webApp();
    }
}
