package dev.narwhal.naming;

import dev.narwhal.worker.feature.Candidate;
import dev.narwhal.worker.feature.Contribution;
import dev.narwhal.worker.feature.Feature;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.naming.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives an application its names and its {@link Injector}. Found by the worker through {@link ServiceLoader}. */
public final class NamingFeature implements Feature {

    private static final String PACKAGES = "dev.narwhal.naming";
    private static final String INITIAL_CONTEXTS = "dev.narwhal.naming.java.InitialContexts";
    private static final String DRIVERS = "META-INF/services/java.sql.Driver";

    private static final Logger log = LoggerFactory.getLogger(NamingFeature.class);

    @Override
    public Contribution contribute(Candidate candidate) {
        var app = candidate.webApp();
        var classLoader = candidate.classLoader();
        install();
        registerDrivers(classLoader);
        var closing = new ArrayList<AutoCloseable>();
        var namespace = new Environment(app.naming(), new Resources(classLoader, closing), classLoader)
                .namespace(candidate.resources());
        Namespaces.bind(classLoader, namespace);
        closing.add(() -> Namespaces.unbind(classLoader));
        var beans = Beans.of(classLoader);
        var injector = new Injector(namespace, app.naming(), !app.metadataComplete(), beans);
        return new Contribution(
                beans.isPresent() ? Beans.ATTRIBUTES : Map.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Optional.of(injector),
                closing);
    }

    /** What is given with {@code --java-opts} stays. */
    private static void install() {
        var packages = System.getProperty(Context.URL_PKG_PREFIXES, "");
        if (!List.of(packages.split(":", -1)).contains(PACKAGES)) {
            System.setProperty(Context.URL_PKG_PREFIXES, packages.isEmpty() ? PACKAGES : PACKAGES + ":" + packages);
        }
        if (System.getProperty(Context.INITIAL_CONTEXT_FACTORY) == null) {
            System.setProperty(Context.INITIAL_CONTEXT_FACTORY, INITIAL_CONTEXTS);
        }
    }

    /** The JDK looks for drivers once, in the application that first asks; here each gets its own. They register themselves. */
    private static void registerDrivers(ClassLoader classLoader) {
        if (classLoader.getResource(DRIVERS) == null) {
            return;
        }
        var drivers = ServiceLoader.load(Driver.class, classLoader).iterator();
        for (int tries = 0; tries < 100; tries++) {
            try {
                if (!drivers.hasNext()) {
                    return;
                }
                drivers.next();
            } catch (ServiceConfigurationError | LinkageError e) {
                log.debug("passing over a JDBC driver: {}", e.toString());
            }
        }
    }
}
