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

    /** How Undertow passes on the page of {@code ServletContext.addJspFile} with each request; Jasper knows init parameters only. */
    private static final String ADDED_FILE = "org.apache.catalina.jsp_file";

    private static final long serialVersionUID = 1L;

    private static final Logger log = LoggerFactory.getLogger(PageServlet.class);

    /** What serves the one page that code of the application has added under this servlet's name. */
    private transient @Nullable PageServlet added;

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
            super.init(new WithParameter(config, "engineOptionsClass", PageOptions.class.getName()));
        } catch (PageException e) {
            tell(e);
            throw e;
        } finally {
            thread.setContextClassLoader(application);
        }
    }

    @Override
    public void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        if (request.getAttribute(ADDED_FILE) instanceof String file) {
            request.removeAttribute(ADDED_FILE); // it is not for the pages that this one includes
            added(file).service(request, response);
            return;
        }
        try {
            super.service(request, response);
        } catch (PageException e) {
            tell(e);
            throw e;
        }
    }

    private synchronized PageServlet added(String file) throws ServletException {
        if (added == null) {
            var servlet = new PageServlet();
            servlet.init(new WithParameter(getServletConfig(), JSP_FILE, file));
            added = servlet;
        }
        return added;
    }

    @Override
    public synchronized void destroy() {
        if (added != null) {
            added.destroy();
        }
        super.destroy();
    }

    private void tell(PageException failure) {
        var context = getServletContext().getContextPath();
        log.error("compiling {}{}. The answer is 500.", context.isEmpty() ? "" : context + ": ", failure.line());
    }

    /** A configuration with one parameter more. No record: expressions would look for its components. */
    private static final class WithParameter implements ServletConfig {

        private final ServletConfig config;
        private final String parameter;
        private final String value;

        WithParameter(ServletConfig config, String parameter, String value) {
            this.config = config;
            this.parameter = parameter;
            this.value = value;
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
            return name.equals(parameter) ? value : config.getInitParameter(name);
        }

        @Override
        public Enumeration<String> getInitParameterNames() {
            return config.getInitParameterNames();
        }
    }
}
