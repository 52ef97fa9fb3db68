package dev.narwhal.jsp;

import dev.narwhal.worker.war.WebApp;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import org.apache.jasper.compiler.TldCache;
import org.apache.jasper.servlet.TldScanner;
import org.apache.taglibs.standard.Version;
import org.apache.tomcat.util.descriptor.tld.TldResourcePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xml.sax.SAXException;

/**
 * Reads the tag libraries of an application. Compiled pages need none of it, so it is done when the first page has to be compiled; which
 * JARs have any was found out when the application was prepared.
 */
final class TagLibraries extends TldScanner {

    /**
     * The libraries of JSTL by the names that it has had since 3.0, {@code jakarta.tags.core} and so on. What has a name of before,
     * {@code http://java.sun.com/jsp/jstl/core}, was written against a JSTL that the application brings, and gets that one or none, as on
     * Tomcat.
     */
    private static final List<String> STANDARD =
            List.of("c", "fmt", "fn", "permittedTaglibs", "scriptfree", "sql", "x");

    private static final Logger log = LoggerFactory.getLogger(TagLibraries.class);

    private final WebApp app;

    private TagLibraries(ServletContext context, WebApp app) {
        super(context, true, false, true);
        this.app = app;
    }

    /** The libraries that pages of this application can use. Read once. */
    static TldCache of(ServletContext context, WebApp app) {
        var known = TldCache.getInstance(context);
        if (known != null) {
            return known;
        }
        synchronized (app) {
            known = TldCache.getInstance(context);
            if (known == null) {
                known = read(context, app);
                context.setAttribute(TldCache.SERVLET_CONTEXT_ATTRIBUTE_NAME, known);
            }
            return known;
        }
    }

    private static TldCache read(ServletContext context, WebApp app) {
        var scanner = new TagLibraries(context, app);
        try {
            scanner.scan();
        } catch (IOException | SAXException e) {
            log.error("reading the tag libraries of {}: {}", context.getContextPath(), e.toString());
        }
        return new TldCache(context, scanner.getUriTldResourcePathMap(), scanner.getTldResourcePathTaglibXmlMap());
    }

    /** Those of the application, and behind them those of the server: the first that has a URI wins. */
    @Override
    public void scanJars() {
        for (var library : app.jsp().pages().libraries()) {
            try {
                parseTld(new TldResourcePath(
                        library.jar().toUri().toURL(),
                        isOwn(library.jar()) ? "/WEB-INF/lib/" + library.jar().getFileName() : null,
                        library.entry()));
            } catch (MalformedURLException e) {
                throw new IllegalStateException(library.jar().toString(), e);
            }
        }
        var standard = Version.class.getProtectionDomain().getCodeSource().getLocation();
        STANDARD.forEach(name -> parseTld(standard(standard, name)));
    }

    /** Otherwise it is a library that other applications see too. */
    private boolean isOwn(Path jar) {
        return jar.startsWith(app.layout().documentRoot());
    }

    private static TldResourcePath standard(URL jar, String name) {
        return new TldResourcePath(jar, null, "META-INF/" + name + ".tld");
    }

    /** A library that is broken fails the pages that use it, and no others. */
    @Override
    protected void parseTld(TldResourcePath path) {
        try {
            super.parseTld(path);
        } catch (IOException | SAXException e) {
            log.warn(
                    "reading the tag library {}: {}. Pages that use it will fail.",
                    path.toExternalForm(),
                    e.toString());
        }
    }
}
