package dev.narwhal.worker.engine;

import dev.narwhal.worker.feature.Contribution;
import dev.narwhal.worker.feature.Instances;
import dev.narwhal.worker.war.WebApp;
import dev.narwhal.worker.war.WebAppClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger log = LoggerFactory.getLogger(LoadedApp.class);

    public LoadedApp {
        contributions = List.copyOf(contributions);
    }

    /** For messages: {@code /} or {@code /shop}. */
    public String displayPath() {
        return contextPath.isEmpty() ? "/" : contextPath;
    }

    /** Who makes the instances of its classes, if a feature does. */
    public Optional<Instances> instances() {
        return contributions.stream()
                .flatMap(contribution -> contribution.instances().stream())
                .findFirst();
    }

    /**
     * Closes what the features opened for it, the last first, and lets go of what the application has left; call it when the application is
     * undeployed.
     */
    public void close() {
        for (var contribution : contributions.reversed()) {
            for (var closing : contribution.closing().reversed()) {
                try {
                    closing.close();
                } catch (Exception e) {
                    log.warn("closing what the application at {} used: {}", displayPath(), e.toString());
                }
            }
        }
        if (classLoader instanceof WebAppClassLoader own) {
            new Leftovers(own, displayPath()).release();
        }
    }
}
