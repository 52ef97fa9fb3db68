package dev.narwhal.worker.war;

import jakarta.servlet.DispatcherType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that deploying a web application needs to know, merged and checked. Collections keep their order.
 *
 * @param displayName {@code <display-name>}
 * @param version of the Servlet specification that the application was written for ({@code getEffectiveMajorVersion()})
 * @param metadataComplete whether annotations and fragments were left out
 * @param distributable whether it may run in several JVMs: {@code web.xml} and every fragment say so
 * @param defaultContextPath {@code <default-context-path>}, which Narwhal only shows
 * @param requestCharacterEncoding {@code <request-character-encoding>}
 * @param responseCharacterEncoding {@code <response-character-encoding>}
 * @param contextParams parameters of the servlet context
 * @param initializers to call before anything else, in this order
 * @param listeners class names, in the order of notification
 * @param filters each name once
 * @param filterMappings first all by URL pattern, then all by servlet name (Servlet 6.1 §6.2.4), in the order of the chain
 * @param servlets each name once, in the order of declaration
 * @param errorPages each error code and exception type once
 * @param welcomeFiles partial URLs without a leading slash; the container's defaults where {@code web.xml} has none
 * @param mimeTypes from extension without the dot to MIME type; only what the application declares
 * @param localeEncodings from locale ({@code ja}, {@code ja_JP}) to character encoding
 * @param session how sessions are tracked
 * @param security constraints, login and roles
 * @param jsp what the JSP engine wants to know
 * @param naming what {@code java:comp/env} holds
 * @param layout where the files are
 */
public record WebApp(
        Optional<String> displayName,
        Version version,
        boolean metadataComplete,
        boolean distributable,
        Optional<String> defaultContextPath,
        Optional<String> requestCharacterEncoding,
        Optional<String> responseCharacterEncoding,
        Map<String, String> contextParams,
        List<Initializer> initializers,
        List<String> listeners,
        List<Filter> filters,
        List<FilterMapping> filterMappings,
        List<Servlet> servlets,
        List<ErrorPage> errorPages,
        List<String> welcomeFiles,
        Map<String, String> mimeTypes,
        Map<String, String> localeEncodings,
        SessionConfig session,
        Security security,
        JspConfig jsp,
        Naming naming,
        Layout layout) {

    /** The name under which every application has the container's servlet for static files. */
    public static final String DEFAULT_SERVLET = "default";

    public WebApp {
        contextParams = Ordered.copyOf(contextParams);
        initializers = List.copyOf(initializers);
        listeners = List.copyOf(listeners);
        filters = List.copyOf(filters);
        filterMappings = List.copyOf(filterMappings);
        servlets = List.copyOf(servlets);
        errorPages = List.copyOf(errorPages);
        welcomeFiles = List.copyOf(welcomeFiles);
        mimeTypes = Ordered.copyOf(mimeTypes);
        localeEncodings = Ordered.copyOf(localeEncodings);
    }

    /** The same without passwords, for showing it. */
    public WebApp masked() {
        return new WebApp(
                displayName,
                version,
                metadataComplete,
                distributable,
                defaultContextPath,
                requestCharacterEncoding,
                responseCharacterEncoding,
                contextParams,
                initializers,
                listeners,
                filters,
                filterMappings,
                servlets,
                errorPages,
                welcomeFiles,
                mimeTypes,
                localeEncodings,
                session,
                security,
                jsp,
                naming.masked(),
                layout);
    }

    /** A version of the Servlet specification. */
    public record Version(int major, int minor) {}

    /**
     * A {@code ServletContainerInitializer}.
     *
     * @param className the initializer
     * @param origin whose class loader has it
     * @param handledTypes names of the application's classes that match its {@code @HandlesTypes}. When there are none,
     *     {@code onStartup} is to get null. A class among them that cannot be loaded is to be skipped (Servlet 6.1 §8.2.4).
     */
    public record Initializer(String className, Origin origin, List<String> handledTypes) {

        /** Who brings the initializer. */
        public enum Origin {
            /** The server: load it with the server's class loader. */
            SERVER,
            /** The WAR: load it with the application's class loader. */
            WAR
        }

        public Initializer {
            handledTypes = List.copyOf(handledTypes);
        }
    }

    public record Filter(String name, String className, Map<String, String> initParams, boolean asyncSupported) {
        public Filter {
            initParams = Ordered.copyOf(initParams);
        }
    }

    /**
     * One place of a filter in the chain.
     *
     * @param filter the filter's name
     * @param by what {@code target} is
     * @param target a URL pattern, or a servlet's name; the name {@code *} means every servlet
     * @param dispatchers when the filter applies; never empty
     */
    public record FilterMapping(String filter, By by, String target, List<DispatcherType> dispatchers) {

        /** How a filter is mapped. */
        public enum By {
            URL_PATTERN,
            SERVLET_NAME
        }

        public FilterMapping {
            dispatchers = List.copyOf(dispatchers);
        }
    }

    /**
     * A servlet, or a JSP page that is declared as one.
     *
     * @param name {@code default} or {@code jsp} without a class and without a JSP file is the container's own servlet: Tomcat
     *     declares these two for every application, so that many map them without declaring them
     * @param className the class; without it there is a {@code jspFile}, or it is one of the container's, or the application
     *     registers the class itself
     * @param jspFile a path from the document root, with its leading slash
     * @param urlPatterns valid and not used by any other servlet
     * @param loadOnStartup negative or absent: whenever it is first needed
     * @param enabled a disabled servlet answers 404
     * @param runAs the role of {@code <run-as>} or {@code @RunAs}
     * @param multipart present when the servlet takes {@code multipart/form-data}
     * @param roleRefs from the name that the code uses to the role of the application
     * @param security {@code @ServletSecurity} of the class. A security constraint of {@code web.xml} for exactly the same
     *     URL pattern wins (Servlet 6.1 §13.4.1).
     */
    public record Servlet(
            String name,
            Optional<String> className,
            Optional<String> jspFile,
            List<String> urlPatterns,
            Map<String, String> initParams,
            Optional<Integer> loadOnStartup,
            boolean asyncSupported,
            boolean enabled,
            Optional<String> runAs,
            Optional<Multipart> multipart,
            Map<String, String> roleRefs,
            Optional<Security.ServletSecurity> security) {

        public Servlet {
            urlPatterns = List.copyOf(urlPatterns);
            initParams = Ordered.copyOf(initParams);
            roleRefs = Ordered.copyOf(roleRefs);
        }

        /** Whether it is the container's servlet for static files, under its name or because the application names Tomcat's class for it. */
        public boolean isDefault() {
            return className
                    .map("org.apache.catalina.servlets.DefaultServlet"::equals)
                    .orElse(name.equals(DEFAULT_SERVLET) && jspFile.isEmpty());
        }
    }

    /**
     * Limits of an upload.
     *
     * @param location a directory for parts on disk, relative to the context's temporary directory; empty for that directory itself
     * @param maxFileSize in bytes; -1 for no limit
     * @param maxRequestSize in bytes; -1 for no limit
     * @param fileSizeThreshold parts of more bytes go to disk
     */
    public record Multipart(String location, long maxFileSize, long maxRequestSize, int fileSizeThreshold) {}

    /**
     * What answers an error; neither code nor type: every error that has no page of its own.
     *
     * @param location a path from the document root, with its leading slash
     */
    public record ErrorPage(Optional<Integer> code, Optional<String> exceptionType, String location) {}

    /**
     * Where the application's files are, as absolute paths.
     *
     * @param documentRoot the directory with the static files; {@code WEB-INF} and {@code META-INF} in it are not to be served
     * @param resourceRoots directories with the {@code META-INF/resources} of the JARs, searched in this order after the document root
     * @param classPath {@code WEB-INF/classes}, when there is one, and then the JARs
     * @param fragments the JARs that take part, in the order of their descriptors
     * @param orderedLibs the value of {@code ServletContext.ORDERED_LIBS}: file names of JARs; absent without any ordering
     */
    public record Layout(
            Path documentRoot,
            List<Path> resourceRoots,
            List<Path> classPath,
            List<Fragment> fragments,
            Optional<List<String>> orderedLibs) {

        public Layout {
            resourceRoots = List.copyOf(resourceRoots);
            classPath = List.copyOf(classPath);
            fragments = List.copyOf(fragments);
            orderedLibs = orderedLibs.map(List::copyOf);
        }
    }

    /**
     * A web fragment: a JAR of {@code WEB-INF/lib}.
     *
     * @param name the {@code <name>} of its {@code web-fragment.xml}; empty without one
     * @param jar the file name
     */
    public record Fragment(String name, String jar) {}
}
