package dev.narwhal.jsp;

import dev.narwhal.worker.war.WebApp;
import jakarta.servlet.ServletContext;
import java.nio.file.Path;

/**
 * What the engine has to know of an application; an attribute of its servlet context.
 *
 * @param app the merged descriptor
 * @param generated the directory for compiled pages
 */
record PageSetup(WebApp app, Path generated) {

    static PageSetup of(ServletContext context) {
        if (context.getAttribute(PageSetup.class.getName()) instanceof PageSetup setup) {
            return setup;
        }
        throw new IllegalStateException("the application took away the attribute " + PageSetup.class.getName());
    }

    /** The directory for the compiled pages of a prepared application. */
    static Path generated(Path prepared) {
        return prepared.resolve("pages");
    }

    /** Whether pages may change while the application runs: those of an exploded directory, which is served in place. */
    boolean mayChange() {
        var prepared = generated.getParent();
        return prepared == null || !app.layout().documentRoot().startsWith(prepared);
    }
}
