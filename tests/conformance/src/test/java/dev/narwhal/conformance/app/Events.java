package dev.narwhal.conformance.app;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextAttributeEvent;
import jakarta.servlet.ServletContextAttributeListener;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestAttributeEvent;
import jakarta.servlet.ServletRequestAttributeListener;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what listeners are told; the same class twice, as two listeners, shows their order. */
public class Events
        implements ServletContextListener,
                ServletContextAttributeListener,
                ServletRequestListener,
                ServletRequestAttributeListener,
                HttpSessionListener,
                HttpSessionAttributeListener,
                HttpSessionIdListener {

    /** The second in the descriptor. */
    public static final class Second extends Events {

        public Second() {
            super("second");
        }
    }

    /** What was told on a thread that has not the loader of the application as its own is marked, and so fails every test of it. */
    private static final class Lines extends CopyOnWriteArrayList<String> {

        private static final long serialVersionUID = 1;

        @Override
        public boolean add(String line) {
            boolean own =
                    Events.class.getClassLoader().equals(Thread.currentThread().getContextClassLoader());
            return super.add(own ? line : line + " with the class loader of others");
        }
    }

    static final List<String> LINES = new Lines();
    static final Map<String, ServletContext> CONTEXTS = new ConcurrentHashMap<>();
    static final String TAG = "X-Tag";
    /** The tag of a request that the first listener does not bear. */
    static final String UNBEARABLE = "unbearable";

    /** Whether the first listener does not bear what this thread does. */
    static final ThreadLocal<Boolean> BURDENED = ThreadLocal.withInitial(() -> false);

    static final String SEEN = "seen";
    static final String SEEN_BY_REQUEST = "seen by request listener";
    static final String SEEN_BY_ATTRIBUTE = "seen by attribute listener";
    static final String PROTOCOL = "protocol";

    private final String name;

    public Events() {
        this("first");
    }

    Events(String name) {
        this.name = name;
    }

    private void note(String line) {
        LINES.add(name + " " + line);
        if (name.equals("first") && BURDENED.get()) {
            throw new IllegalStateException(line);
        }
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        note("context initialized");
        CONTEXTS.put("context event", event.getServletContext());
        if (name.equals("first")) {
            Moments.inListener(event.getServletContext());
        }
    }

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        CONTEXTS.put("request event", event.getServletContext());
        var request = event.getServletRequest();
        request.setAttribute(SEEN_BY_REQUEST, request);
        request.setAttribute(PROTOCOL, request.getServletConnection().getProtocol());
        tagged(event, "initialized");
        if (name.equals("first")
                && request instanceof HttpServletRequest http
                && UNBEARABLE.equals(http.getHeader(TAG))) {
            throw new IllegalStateException("request initialized");
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        tagged(event, "destroyed");
    }

    private void tagged(ServletRequestEvent event, String what) {
        if (event.getServletRequest() instanceof HttpServletRequest request && request.getHeader(TAG) != null) {
            note("request " + request.getHeader(TAG) + " " + what);
        }
    }

    @Override
    public void attributeAdded(ServletRequestAttributeEvent event) {
        CONTEXTS.put("request attribute event", event.getServletContext());
        if (event.getName().equals(SEEN)) {
            event.getServletRequest().setAttribute(SEEN_BY_ATTRIBUTE, event.getServletRequest());
        }
        if (event.getName().startsWith("probe")) {
            note("request added " + event.getName() + "=" + event.getValue());
        }
    }

    @Override
    public void attributeReplaced(ServletRequestAttributeEvent event) {
        if (event.getName().startsWith("probe")) {
            note("request replaced " + event.getName() + "=" + event.getValue());
        }
    }

    @Override
    public void attributeRemoved(ServletRequestAttributeEvent event) {
        if (event.getName().startsWith("probe")) {
            note("request removed " + event.getName() + "=" + event.getValue());
        }
    }

    @Override
    public void attributeAdded(ServletContextAttributeEvent event) {
        CONTEXTS.put("context attribute event", event.getServletContext());
        if (event.getName().startsWith("probe")) {
            note("context added " + event.getName() + "=" + event.getValue());
        }
    }

    @Override
    public void attributeReplaced(ServletContextAttributeEvent event) {
        if (event.getName().startsWith("probe")) {
            note("context replaced " + event.getName() + "=" + event.getValue());
        }
    }

    @Override
    public void attributeRemoved(ServletContextAttributeEvent event) {
        if (event.getName().startsWith("probe")) {
            note("context removed " + event.getName() + "=" + event.getValue());
        }
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        note("session created");
        CONTEXTS.put("session event", event.getSession().getServletContext());
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        note("session destroyed");
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String before) {
        note("session id changed " + !before.equals(event.getSession().getId()));
    }

    @Override
    public void attributeAdded(HttpSessionBindingEvent event) {
        CONTEXTS.put("session attribute event", event.getSession().getServletContext());
        note("session added " + event.getName() + "=" + event.getValue());
    }

    @Override
    public void attributeReplaced(HttpSessionBindingEvent event) {
        note("session replaced " + event.getName() + "=" + event.getValue());
    }

    @Override
    public void attributeRemoved(HttpSessionBindingEvent event) {
        note("session removed " + event.getName() + "=" + event.getValue());
    }
}
