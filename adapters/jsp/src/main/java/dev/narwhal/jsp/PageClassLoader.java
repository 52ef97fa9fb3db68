package dev.narwhal.jsp;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What compiled pages see: the engine that runs them, the application, and the standard tag library.
 *
 * <p>The engine is always the server's, for a page is compiled against what calls it, also where the WAR has a Jasper of its own. Of
 * the tag library the application's copy wins. The application itself sees nothing of this.
 */
final class PageClassLoader extends ClassLoader {

    private static final List<String> ENGINE = List.of("org.apache.jasper.", "org.apache.tomcat.", "org.apache.juli.");
    private static final List<String> TAG_LIBRARY = List.of("org.apache.taglibs.standard.", "org.eclipse.tags.shaded.");

    private static final ClassLoader SERVER = PageClassLoader.class.getClassLoader();

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader application;

    PageClassLoader(ClassLoader application) {
        super("pages", application);
        this.application = application;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.equals(PageOptions.class.getName())) {
            return PageOptions.class;
        }
        if (in(ENGINE, name)) {
            return firstOf(SERVER, application, name);
        }
        return in(TAG_LIBRARY, name) ? firstOf(application, SERVER, name) : application.loadClass(name);
    }

    private static Class<?> firstOf(ClassLoader first, ClassLoader second, String name) throws ClassNotFoundException {
        try {
            return first.loadClass(name);
        } catch (ClassNotFoundException _) {
            return second.loadClass(name);
        }
    }

    private static boolean in(List<String> prefixes, String name) {
        return prefixes.stream().anyMatch(name::startsWith);
    }

    /** The compiler reads class files. */
    @Override
    public @Nullable URL getResource(String name) {
        var dotted = name.replace('/', '.');
        if (in(ENGINE, dotted)) {
            var url = SERVER.getResource(name);
            return url != null ? url : application.getResource(name);
        }
        var url = application.getResource(name);
        return url == null && in(TAG_LIBRARY, dotted) ? SERVER.getResource(name) : url;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        var dotted = name.replace('/', '.');
        var urls = new ArrayList<>(Collections.list(application.getResources(name)));
        if (in(ENGINE, dotted) || in(TAG_LIBRARY, dotted)) {
            urls.addAll(Collections.list(SERVER.getResources(name)));
        }
        return Collections.enumeration(urls);
    }
}
