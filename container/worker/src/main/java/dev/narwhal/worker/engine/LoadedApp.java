package dev.narwhal.worker.engine;

import dev.narwhal.worker.feature.Contribution;
import dev.narwhal.worker.war.WebApp;
import java.nio.file.Path;
import java.util.List;

/**
 * A prepared application and the class loader for it.
 *
 * @param contextPath empty for the root, otherwise {@code /name}
 * @param app the merged descriptor
 * @param classLoader sees the application and the Jakarta APIs, and nothing else of the server
 * @param temporary the directory for {@code jakarta.servlet.context.tempdir}; exists, is empty and is this worker's own
 * @param contributions what the server's features add to it
 */
public record LoadedApp(
        String contextPath, WebApp app, ClassLoader classLoader, Path temporary, List<Contribution> contributions) {

    public LoadedApp {
        contributions = List.copyOf(contributions);
    }

    /** For messages: {@code /} or {@code /shop}. */
    public String displayPath() {
        return contextPath.isEmpty() ? "/" : contextPath;
    }
}
