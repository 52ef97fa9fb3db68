package dev.narwhal.jsp;

import dev.narwhal.worker.war.JspDescriptor;
import dev.narwhal.worker.war.WebApp;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As much of a servlet context as compiling pages needs, where no server runs: files, parameters and attributes. Anything else fails. */
final class FilesContext implements InvocationHandler {

    private static final Logger log = LoggerFactory.getLogger(FilesContext.class);

    private final WebApp app;
    private final ClassLoader classLoader;
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();

    private FilesContext(WebApp app, ClassLoader classLoader) {
        this.app = app;
        this.classLoader = classLoader;
    }

    static ServletContext of(PageSetup setup, ClassLoader classLoader) {
        var context = new FilesContext(setup.app(), classLoader);
        context.attributes.put(PageSetup.class.getName(), setup);
        context.attributes.put(ServletContext.TEMPDIR, setup.generated().toFile());
        return (ServletContext) Proxy.newProxyInstance(
                FilesContext.class.getClassLoader(), new Class<?>[] {ServletContext.class}, context);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        var first = arguments == null || arguments.length == 0 ? "" : String.valueOf(arguments[0]);
        return switch (method.getName()) {
            case "getAttribute" -> attributes.get(first);
            case "setAttribute" -> attributes.put(first, Objects.requireNonNull(arguments)[1]);
            case "getInitParameter" -> app.contextParams().get(first);
            case "getClassLoader" -> classLoader;
            case "getContextPath" -> "";
            case "getEffectiveMajorVersion" -> app.version().major();
            case "getEffectiveMinorVersion" -> app.version().minor();
            case "getJspConfigDescriptor" -> new JspDescriptor(app.jsp());
            case "getRealPath" -> file(app.layout(), first).map(Path::toString).orElse(null);
            case "getServerInfo" -> "Narwhal"; // a comment in generated sources
            case "getResource" -> resource(first);
            case "getResourceAsStream" -> stream(first);
            case "getResourcePaths" -> paths(first);
            case "log" -> {
                log.info(first);
                yield null;
            }
            case "toString" -> "the files in " + app.layout().documentRoot();
            default -> throw new UnsupportedOperationException("compiling pages calls " + method);
        };
    }

    private @Nullable URL resource(String path) throws MalformedURLException {
        var file = file(app.layout(), path);
        return file.isPresent() ? file.get().toUri().toURL() : null;
    }

    private @Nullable InputStream stream(String path) throws IOException {
        var file = file(app.layout(), path).filter(Files::isRegularFile);
        return file.isPresent() ? Files.newInputStream(file.get()) : null;
    }

    private @Nullable Set<String> paths(String path) throws IOException {
        var paths = new TreeSet<String>();
        for (var root : roots(app.layout()).toList()) {
            var directory = inside(root, path);
            if (directory.filter(Files::isDirectory).isPresent()) {
                try (var entries = Files.list(directory.get())) {
                    entries.map(entry -> "/" + root.relativize(entry) + (Files.isDirectory(entry) ? "/" : ""))
                            .forEach(paths::add);
                }
            }
        }
        return paths.isEmpty() ? null : paths;
    }

    /** The first that has the path: the document root, or the resources of a JAR. */
    static Optional<Path> file(WebApp.Layout layout, String path) {
        return roots(layout)
                .flatMap(root -> inside(root, path).stream())
                .filter(Files::exists)
                .findFirst();
    }

    private static Stream<Path> roots(WebApp.Layout layout) {
        return Stream.concat(Stream.of(layout.documentRoot()), layout.resourceRoots().stream());
    }

    private static Optional<Path> inside(Path root, String path) {
        var file = root.resolve(path.startsWith("/") ? path.substring(1) : path).normalize();
        return file.startsWith(root) ? Optional.of(file) : Optional.empty();
    }
}
