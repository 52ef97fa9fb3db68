package dev.narwhal.jsp;

import dev.narwhal.worker.feature.Instances;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import org.apache.jasper.servlet.JspServlet;
import org.apache.tomcat.InstanceManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jasper's servlet, which sees the engine and the application at once and tells of bad pages in one line. */
public final class PageServlet extends JspServlet {

    /** The parameter that makes this the servlet of one page. */
    static final String JSP_FILE = "jspFile";

    private static final long serialVersionUID = 1L;

    private static final Logger log = LoggerFactory.getLogger(PageServlet.class);

    /** Called by the engine. */
    public PageServlet() {}

    @Override
    public void init(ServletConfig config) throws ServletException {
        if (config.getServletContext().getAttribute(Instances.ATTRIBUTE) instanceof Instances instances) {
            config.getServletContext().setAttribute(InstanceManager.class.getName(), new PageInstances(instances));
        }
        var thread = Thread.currentThread();
        var application = thread.getContextClassLoader();
        // Jasper takes the context class loader of this moment as the parent of all pages.
        thread.setContextClassLoader(new PageClassLoader(application));
        try {
            super.init(new WithOptions(config));
        } catch (PageException e) {
            tell(e);
            throw e;
        } finally {
            thread.setContextClassLoader(application);
        }
    }

    @Override
    public void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        try {
            super.service(request, response);
        } catch (PageException e) {
            tell(e);
            throw e;
        }
    }

    private void tell(PageException failure) {
        var context = getServletContext().getContextPath();
        log.error("compiling {}{}. The answer is 500.", context.isEmpty() ? "" : context + ": ", failure.line());
    }

    /** The application's configuration with our options for Jasper. No record: expressions would look for its components. */
    private static final class WithOptions implements ServletConfig {

        private final ServletConfig config;

        WithOptions(ServletConfig config) {
            this.config = config;
        }

        @Override
        public String getServletName() {
            return config.getServletName();
        }

        @Override
        public ServletContext getServletContext() {
            return config.getServletContext();
        }

        @Override
        public @Nullable String getInitParameter(String name) {
            return name.equals("engineOptionsClass") ? PageOptions.class.getName() : config.getInitParameter(name);
        }

        @Override
        public Enumeration<String> getInitParameterNames() {
            return config.getInitParameterNames();
        }
    }
}
