package dev.narwhal.undertow.deploy;

import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.UnavailableException;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for a servlet so that only one that was initialized is asked and destroyed (Servlet 6.1 §2.3). Undertow asks one, too, that was unavailable
 * when it should have been initialized.
 */
final class WatchedServlet implements Servlet {

    private static final Logger log = LoggerFactory.getLogger(WatchedServlet.class);

    private final Servlet servlet;
    private final Consumer<UnavailableException> unavailable;
    private volatile boolean initialized;

    // Guarded by this.
    private @Nullable ServletConfig pending;

    /** @param unavailable who is told when the servlet says that it is */
    WatchedServlet(Servlet servlet, Consumer<UnavailableException> unavailable) {
        this.servlet = servlet;
        this.unavailable = unavailable;
    }

    @Override
    public synchronized void init(ServletConfig config) throws ServletException {
        pending = config;
        try {
            servlet.init(config);
            initialized = true;
        } catch (UnavailableException e) {
            unavailable.accept(e);
            if (isBeginning()) {
                log.warn("starting the servlet '{}': it is unavailable: {}", config.getServletName(), e.getMessage());
            }
            throw e;
        } catch (ServletException | RuntimeException | LinkageError e) {
            // Undertow logs the cause of a ServletException and goes on, as Tomcat does; anything else ends the
            // application.
            if (isBeginning()) {
                throw new ServletException(e);
            }
            throw e;
        }
    }

    private static boolean isBeginning() {
        return ServletRequestContext.current() == null;
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        if (!initialized) {
            initialize();
        }
        try {
            servlet.service(request, response);
        } catch (UnavailableException e) {
            unavailable.accept(e);
            throw e;
        }
    }

    private synchronized void initialize() throws ServletException {
        if (!initialized && pending != null) {
            init(pending);
        }
    }

    @Override
    public ServletConfig getServletConfig() {
        return servlet.getServletConfig();
    }

    @Override
    public String getServletInfo() {
        return servlet.getServletInfo();
    }

    @Override
    public void destroy() {
        if (initialized) {
            servlet.destroy();
        }
    }
}
