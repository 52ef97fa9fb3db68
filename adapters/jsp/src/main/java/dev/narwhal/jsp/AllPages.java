package dev.narwhal.jsp;

import dev.narwhal.worker.feature.Pages;
import dev.narwhal.worker.war.PreparedApp;
import dev.narwhal.worker.war.WebApp;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.jasper.JasperException;
import org.apache.jasper.compiler.JspRuntimeContext;
import org.apache.jasper.servlet.JspServletWrapper;
import org.jspecify.annotations.Nullable;

/** Compiles all pages of an application with the options and into the files that a worker would use. */
public final class AllPages implements Pages {

    /** Called by {@link java.util.ServiceLoader}. */
    public AllPages() {}

    @Override
    public Outcome compile(PreparedApp prepared, ClassLoader classLoader, Consumer<String> progress)
            throws IOException {
        var app = prepared.webApp();
        var pages = pages(app);
        if (pages.isEmpty()) {
            return new Outcome(0, 0, List.of());
        }
        Engine.initialize();
        var setup = new PageSetup(app, PageSetup.generated(prepared.directory()));
        Files.createDirectories(setup.generated());
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(new PageClassLoader(classLoader));
        try {
            return compile(pages, new Config(FilesContext.of(setup, classLoader), parameters(app)), progress);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Outcome compile(Set<String> pages, ServletConfig config, Consumer<String> progress) {
        var options = new PageOptions(config, config.getServletContext());
        var runtime = new JspRuntimeContext(config.getServletContext(), options);
        var problems = new LinkedHashSet<Problem>(); // that of a tag file comes up with each page that uses it
        int failed = 0;
        for (var page : pages) {
            progress.accept(page);
            var wrapper = new JspServletWrapper(config, options, page, runtime);
            runtime.addWrapper(page, wrapper);
            try {
                wrapper.getJspEngineContext().compile();
            } catch (PageException e) {
                problems.addAll(e.problems());
                failed++;
            } catch (JasperException | FileNotFoundException e) {
                problems.addAll(PageException.of(page, e, (_, _) -> List.of()).problems());
                failed++;
            }
        }
        return new Outcome(pages.size(), failed, List.copyOf(problems));
    }

    /** What the application says to the servlet of pages. */
    private static Map<String, String> parameters(WebApp app) {
        return app.servlets().stream()
                .filter(servlet -> servlet.name().equals(JspFeature.NAME))
                .findFirst()
                .map(WebApp.Servlet::initParams)
                .orElse(Map.of());
    }

    /** The files that the servlet of pages would be asked for by their own names. */
    private static Set<String> pages(WebApp app) throws IOException {
        var extensions = new TreeSet<>(Set.of(".jsp", ".jspx"));
        var pages = new TreeSet<String>();
        var patterns = app.jsp().propertyGroups().stream()
                .flatMap(group -> group.urlPatterns().stream())
                .toList();
        for (var pattern : patterns) {
            if (pattern.startsWith("*.")) {
                extensions.add(pattern.substring(1));
            } else if (pattern.startsWith("/") && !pattern.endsWith("*")) {
                pages.add(pattern);
            }
        }
        app.servlets().forEach(servlet -> servlet.jspFile().ifPresent(pages::add));
        pages.removeIf(page -> FilesContext.file(app.layout(), page).isEmpty());
        addFiles(app.layout().documentRoot(), extensions, pages);
        for (var root : app.layout().resourceRoots()) {
            addFiles(root, extensions, pages);
        }
        return pages;
    }

    private static void addFiles(Path root, Set<String> extensions, Set<String> pages) throws IOException {
        try (var files = Files.walk(root)) {
            files.filter(file -> extensions.stream().anyMatch(file.toString()::endsWith))
                    .filter(Files::isRegularFile)
                    .map(file -> "/" + root.relativize(file))
                    .forEach(pages::add);
        }
    }

    private record Config(ServletContext context, Map<String, String> parameters) implements ServletConfig {

        @Override
        public String getServletName() {
            return JspFeature.NAME;
        }

        @Override
        public ServletContext getServletContext() {
            return context;
        }

        @Override
        public @Nullable String getInitParameter(String name) {
            return parameters.get(name);
        }

        @Override
        public Enumeration<String> getInitParameterNames() {
            return Collections.enumeration(parameters.keySet());
        }
    }
}
