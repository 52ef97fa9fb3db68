package dev.narwhal.jsp;

import jakarta.servlet.jsp.JspFactory;
import org.apache.jasper.runtime.JspFactoryImpl;

/** What Jasper needs once in a JVM. A class of its own, so that a worker without pages loads nothing of it. */
final class Engine {

    private Engine() {}

    static void initialize() {
        if (JspFactory.getDefaultFactory() != null) {
            return;
        }
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(Engine.class.getClassLoader());
        try {
            // It looks for its implementation once, with the context class loader.
            Class.forName("org.apache.juli.logging.LogFactory", true, Engine.class.getClassLoader());
            JspFactory.setDefaultFactory(new JspFactoryImpl());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the JSP engine is not on the class path of the worker", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
