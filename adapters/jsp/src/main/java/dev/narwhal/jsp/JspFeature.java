package dev.narwhal.jsp;

import dev.narwhal.worker.feature.Candidate;
import dev.narwhal.worker.feature.Contribution;
import dev.narwhal.worker.feature.Contribution.ServerServlet;
import dev.narwhal.worker.feature.Contribution.StandIn;
import dev.narwhal.worker.feature.Feature;
import dev.narwhal.worker.war.JspConfig;
import dev.narwhal.worker.war.WebApp;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.tomcat.InstanceManager;
import org.apache.tomcat.SimpleInstanceManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pages for the applications that have some. */
public final class JspFeature implements Feature {

    /** Tomcat's name for the servlet of pages; applications map it without declaring it. */
    static final String NAME = "jsp";

    private static final List<String> PATTERNS = List.of("*.jsp", "*.jspx");

    private static final Logger log = LoggerFactory.getLogger(JspFeature.class);

    /** Called by {@link java.util.ServiceLoader}. */
    public JspFeature() {}

    @Override
    public Contribution contribute(Candidate candidate) {
        var app = candidate.webApp();
        return app.jsp().pages().found()
                ? contribute(new PageSetup(app, generated(candidate.prepared().directory(), candidate.temporary())))
                : Contribution.NONE;
    }

    /** Where compiled pages are kept. */
    private static Path generated(Path prepared, Path temporary) {
        var generated = PageSetup.generated(prepared);
        try {
            Files.createDirectories(generated);
            if (Files.isWritable(generated)) {
                return generated;
            }
        } catch (IOException e) {
            log.debug("creating {}: {}", generated, e.toString());
        }
        log.warn("keeping compiled pages in {}: not writable. Each worker compiles its own.", generated);
        return temporary;
    }

    private static Contribution contribute(PageSetup setup) {
        Engine.initialize();
        var app = setup.app();
        var patterns = new LinkedHashSet<>(PATTERNS);
        app.jsp().propertyGroups().forEach(group -> patterns.addAll(group.urlPatterns()));
        var standIns = new HashMap<String, StandIn>();
        for (var servlet : app.servlets()) {
            standIn(servlet, List.copyOf(patterns)).ifPresent(standIn -> standIns.put(servlet.name(), standIn));
        }
        var servlets = standIns.containsKey(NAME)
                ? List.<ServerServlet>of()
                : List.of(new ServerServlet(
                        NAME, PageServlet.class, List.copyOf(patterns), Map.of(), OptionalInt.empty()));
        return new Contribution(
                Map.of(PageSetup.class.getName(), setup, InstanceManager.class.getName(), new SimpleInstanceManager()),
                listeners(app),
                servlets,
                standIns,
                Map.of(JspConfig.SERVLET, PageServlet.class),
                Optional.empty(),
                List.of());
    }

    private static Optional<StandIn> standIn(WebApp.Servlet servlet, List<String> patterns) {
        boolean engine = servlet.className().equals(Optional.of(JspConfig.SERVLET));
        if (servlet.jspFile().isPresent()) {
            return Optional.of(new StandIn(
                    PageServlet.class,
                    List.of(),
                    Map.of(PageServlet.JSP_FILE, servlet.jspFile().get())));
        }
        if (servlet.name().equals(NAME) && (engine || servlet.className().isEmpty())) {
            return Optional.of(new StandIn(PageServlet.class, patterns, Map.of()));
        }
        return engine ? Optional.of(new StandIn(PageServlet.class, List.of(), Map.of())) : Optional.empty();
    }

    /** As Tomcat does it: behind the listeners of the descriptor, and without the right to register anything. */
    private static List<ServletContainerInitializer> listeners(WebApp app) {
        var names = app.jsp().pages().listeners();
        return names.isEmpty() ? List.of() : List.of((_, context) -> names.forEach(context::addListener));
    }
}
