package dev.narwhal.worker.war;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Loads an application's classes the way Servlet 6.1 §10.7.2 recommends: its own before the server's.
 *
 * <p>The order is the JDK, the Jakarta APIs that the server provides, {@code WEB-INF/classes}, the JARs, and last the libraries that the
 * operator shares between applications, which have a loader of this kind for themselves. Nothing else of the
 * server is visible, neither classes nor resources, so an application is free to bring its own version of any library that the
 * server happens to use. An API that is provided is taken from the server even when the WAR has a copy: two copies of
 * {@code jakarta.servlet.Servlet} are two different interfaces.
 *
 * <p>The server stands in for a few implementations that an application may count on without bringing them: those of expressions and WebSockets, and
 * what compiled pages call. A copy in the WAR wins.
 */
public final class WebAppClassLoader extends URLClassLoader {

    /**
     * The packages, with all below them, that the server provides as far as it has them; what it lacks comes from the WAR. The last one is what
     * JNDI looks for with the context class loader.
     */
    static final List<String> PROVIDED = List.of(
            "jakarta.servlet.", "jakarta.annotation.", "jakarta.el.", "jakarta.websocket.", "dev.narwhal.naming.java.");

    /** Where the names of classes begin that come from the server if neither the JDK nor the WAR has them. */
    private static final List<String> FALLBACK = List.of(
            "org.apache.el.",
            "org.apache.jasper.JasperException",
            "org.apache.jasper.el.",
            "org.apache.jasper.runtime.",
            "org.apache.jasper.servlet.JspServlet",
            "org.apache.juli.logging.",
            "org.apache.tomcat.InstanceManager",
            "io.undertow.websockets.jsr.UndertowContainerProvider",
            "io.undertow.websockets.jsr.DefaultContainerConfigurator");

    /** How the Jakarta APIs find an implementation; of several the first is taken. */
    private static final Set<String> FALLBACK_RESOURCES = Set.of(
            "META-INF/services/jakarta.el.ExpressionFactory",
            "META-INF/services/jakarta.websocket.ContainerProvider",
            "META-INF/services/jakarta.websocket.server.ServerEndpointConfig$Configurator");

    /**
     * What the server's own parts look for in an application, where it would be found in libraries that can live in several servers: Weld has an
     * extension of Undertow's, whose types it would not see here.
     */
    private static final Set<String> HIDDEN_RESOURCES =
            Set.of("META-INF/services/io.undertow.servlet.ServletExtension");

    private static final List<String> PROVIDED_RESOURCES =
            PROVIDED.stream().map(name -> name.replace('.', '/')).toList();

    // Asking the platform loader for every class of the application would cost an exception for each.
    private static final Set<String> JDK_PACKAGES = ModuleLayer.boot().modules().stream()
            .flatMap(module -> module.getPackages().stream())
            .collect(Collectors.toUnmodifiableSet());

    static {
        registerAsParallelCapable();
    }

    private final ClassPath classPath;
    private final ClassLoader server;

    /** The URLs are for those who ask for them, as some libraries do: the loader itself reads its {@link ClassPath}. */
    private WebAppClassLoader(String name, List<Path> classPath, ClassLoader server, ClassLoader parent) {
        super(name, classPath.stream().map(WebAppClassLoader::url).toArray(URL[]::new), parent);
        this.classPath = ClassPath.of(classPath);
        this.server = server;
    }

    /**
     * Opens nothing yet.
     *
     * @param classPath directories and JARs, in the order of search
     * @param server the loader that has the Jakarta APIs
     */
    public static WebAppClassLoader create(List<Path> classPath, ClassLoader server) {
        return create(classPath, server, Optional.empty());
    }

    /**
     * The same with libraries that other applications see too.
     *
     * @param libraries the loader that has them
     */
    public static WebAppClassLoader create(
            List<Path> classPath, ClassLoader server, Optional<WebAppClassLoader> libraries) {
        ClassLoader parent = libraries.isPresent() ? libraries.get() : ClassLoader.getPlatformClassLoader();
        return new WebAppClassLoader("webapp", classPath, server, parent);
    }

    /** A loader for the libraries that several applications see. */
    static WebAppClassLoader shared(List<Path> classPath, ClassLoader server) {
        return new WebAppClassLoader("lib", classPath, server, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path.toString(), e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            var type = findLoadedClass(name);
            if (type == null) {
                type = findOutside(name);
            }
            if (type == null) {
                type = findInside(name);
            }
            if (resolve) {
                resolveClass(type);
            }
            return type;
        }
    }

    private @Nullable Class<?> findOutside(String name) {
        ClassLoader loader;
        if (JDK_PACKAGES.contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))))) {
            loader = ClassLoader.getPlatformClassLoader();
        } else if (PROVIDED.stream().anyMatch(name::startsWith)) {
            loader = server;
        } else {
            return null;
        }
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException _) {
            return null; // the WAR may have it
        }
    }

    private Class<?> findInside(String name) throws ClassNotFoundException {
        try {
            return findClass(name);
        } catch (ClassNotFoundException e) {
            if (getParent() instanceof WebAppClassLoader libraries) {
                return libraries.loadClass(name);
            }
            if (FALLBACK.stream().anyMatch(name::startsWith)) {
                return server.loadClass(name);
            }
            throw e;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        var found =
                classPath.find(name.replace('.', '/') + ".class").orElseThrow(() -> new ClassNotFoundException(name));
        try {
            int dot = name.lastIndexOf('.');
            if (dot > 0) {
                definePackage(name.substring(0, dot), found);
            }
            var bytes = found.bytes();
            return defineClass(name, bytes, 0, bytes.length, found.source());
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private void definePackage(String name, ClassPath.Found found) throws IOException {
        if (getDefinedPackage(name) == null) {
            var manifest = found.manifest();
            try {
                if (manifest.isPresent()) {
                    definePackage(name, manifest.get(), found.place());
                } else {
                    definePackage(name, null, null, null, null, null, null, null);
                }
                return;
            } catch (IllegalArgumentException _) {
                // another thread has just defined it
            }
        }
        var known = getDefinedPackage(name);
        if (known != null && known.isSealed() && !known.isSealed(found.place())) {
            throw new SecurityException("package " + name + " is sealed, and " + found.url() + " is not in its JAR");
        }
    }

    @Override
    public @Nullable URL findResource(String name) {
        return classPath.find(name).map(ClassPath.Found::url).orElse(null);
    }

    @Override
    public Enumeration<URL> findResources(String name) {
        return Collections.enumeration(classPath.findAll(name));
    }

    @Override
    public void close() throws IOException {
        classPath.close();
        super.close();
    }

    /** The class file that {@link #loadClass} would read; nothing is loaded. */
    public Optional<URL> classFile(String className) {
        var file = className.replace('.', '/') + ".class";
        URL url = null;
        if (JDK_PACKAGES.contains(className.substring(0, Math.max(0, className.lastIndexOf('.'))))) {
            url = ClassLoader.getPlatformClassLoader().getResource(file);
        } else if (isProvided(file)) {
            url = server.getResource(file);
        }
        if (url == null) {
            url = findResource(file);
        }
        if (url != null) {
            return Optional.of(url);
        }
        if (getParent() instanceof WebAppClassLoader libraries) {
            return libraries.classFile(className);
        }
        return FALLBACK.stream().anyMatch(className::startsWith)
                ? Optional.ofNullable(server.getResource(file))
                : Optional.empty();
    }

    /**
     * Lets the JDK forget the JDBC drivers of the application, which would keep this loader alive. For when the application is undeployed.
     *
     * @return the classes of those that were registered
     */
    public List<String> releaseDrivers() {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        // The JDK would look for drivers to load with this one; the server has none.
        thread.setContextClassLoader(server);
        try (var in = DriverRelease.class.getResourceAsStream("DriverRelease.class")) {
            var bytes = Objects.requireNonNull(in).readAllBytes();
            var release = defineClass(DriverRelease.class.getName(), bytes, 0, bytes.length);
            return release.getConstructor().newInstance() instanceof Supplier<?> drivers
                            && drivers.get() instanceof List<?> names
                    ? names.stream().map(String::valueOf).toList()
                    : List.of();
        } catch (IOException | ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException("releasing the JDBC drivers", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Whether the server's copy of that class is the one that counts, whoever else has one. */
    public boolean isProvidedByServer(String className) {
        var file = className.replace('.', '/') + ".class";
        return isProvided(file) && server.getResource(file) != null;
    }

    @Override
    public @Nullable URL getResource(String name) {
        if (HIDDEN_RESOURCES.contains(name)) {
            return null;
        }
        if (isProvided(name)) {
            var url = server.getResource(name);
            if (url != null) {
                return url;
            }
        }
        var url = findResource(name);
        return url != null ? url : getParent().getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        var urls = new ArrayList<URL>();
        if (HIDDEN_RESOURCES.contains(name)) {
            return Collections.enumeration(urls);
        }
        if (isProvided(name)) {
            urls.addAll(Collections.list(server.getResources(name)));
        }
        urls.addAll(Collections.list(findResources(name)));
        if (getParent() instanceof WebAppClassLoader libraries) {
            urls.addAll(Collections.list(libraries.findResources(name)));
        }
        urls.addAll(Collections.list(ClassLoader.getPlatformClassLoader().getResources(name)));
        if (FALLBACK_RESOURCES.contains(name)) {
            urls.addAll(Collections.list(server.getResources(name)));
        }
        return Collections.enumeration(urls);
    }

    private static boolean isProvided(String resource) {
        return PROVIDED_RESOURCES.stream().anyMatch(resource::startsWith);
    }
}
