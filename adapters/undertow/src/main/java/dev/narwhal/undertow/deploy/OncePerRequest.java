package dev.narwhal.undertow.deploy;

import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.api.InstanceFactory;
import io.undertow.servlet.api.InstanceHandle;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.spec.HttpServletRequestImpl;
import io.undertow.util.AttachmentKey;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContextAttributeEvent;
import jakarta.servlet.ServletContextAttributeListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.EventListener;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells a request listener once that a request begins and once that it ends, however many threads and asynchronous dispatches it has between
 * (Servlet 6.1 §11.3.1); Undertow tells it for each of them. Tells a context attribute listener of the end of what was there, and not of what was
 * not. Stands in for the listener, whatever else it listens to.
 */
final class OncePerRequest implements InvocationHandler {

    private enum Told {
        BEGIN,
        END
    }

    /** What each listener of a request has been told. */
    private static final class Tale extends ConcurrentHashMap<OncePerRequest, Told> {

        private static final long serialVersionUID = 1L;
    }

    private static final ClassLoader API = ServletRequestListener.class.getClassLoader();

    private static final AttachmentKey<Tale> TALE = AttachmentKey.create(Tale.class);

    private final EventListener listener;

    private OncePerRequest(EventListener listener) {
        this.listener = listener;
    }

    static void watch(ListenerInfo listener) {
        var type = listener.getListenerClass();
        if (ServletRequestListener.class.isAssignableFrom(type)
                || ServletContextAttributeListener.class.isAssignableFrom(type)) {
            listener.setInstanceFactory(watching(listener.getInstanceFactory()));
        }
    }

    private static InstanceFactory<EventListener> watching(InstanceFactory<? extends EventListener> factory) {
        return () -> {
            var handle = factory.createInstance();
            return new Watched(standIn(handle.getInstance()), handle);
        };
    }

    private static EventListener standIn(EventListener listener) {
        return (EventListener) Proxy.newProxyInstance(
                API, interfaces(listener.getClass()).toArray(Class[]::new), new OncePerRequest(listener));
    }

    /** Those of the specification; the application's own may not be visible to the server. */
    private static Set<Class<?>> interfaces(Class<?> type) {
        var interfaces = new LinkedHashSet<Class<?>>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            Arrays.stream(each.getInterfaces()).forEach(direct -> {
                interfaces.add(direct);
                interfaces.addAll(interfaces(direct));
            });
        }
        interfaces.removeIf(each -> !Objects.equals(each.getClassLoader(), API));
        return interfaces;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments != null && arguments[0] instanceof ServletRequestEvent event && tells(method)) {
            switch (method.getName()) {
                case "requestInitialized" -> begin(event);
                default -> end(event);
            }
            return null;
        }
        if (arguments != null
                && arguments[0] instanceof ServletContextAttributeEvent removed
                && removed.getValue() == null) {
            return null;
        }
        try {
            return method.invoke(listener, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static boolean tells(Method method) {
        return method.getDeclaringClass() == ServletRequestListener.class;
    }

    private void begin(ServletRequestEvent event) {
        if (tale(request(event).getExchange()).putIfAbsent(this, Told.BEGIN) == null) {
            ((ServletRequestListener) listener).requestInitialized(event);
        }
    }

    private void end(ServletRequestEvent event) {
        var request = request(event);
        if (request.isAsyncStarted()) {
            request.getAsyncContextInternal().addListener(new AtCompletion(this, event));
        } else {
            endOnce(event);
        }
    }

    private void endOnce(ServletRequestEvent event) {
        if (tale(request(event).getExchange()).replace(this, Told.BEGIN, Told.END)) {
            ((ServletRequestListener) listener).requestDestroyed(event);
        }
    }

    private static Map<OncePerRequest, Told> tale(HttpServerExchange exchange) {
        var tale = exchange.getAttachment(TALE);
        if (tale == null) {
            tale = new Tale();
            exchange.putAttachment(TALE, tale);
        }
        return tale;
    }

    private static HttpServletRequestImpl request(ServletRequestEvent event) {
        ServletRequest request = event.getServletRequest();
        while (request instanceof ServletRequestWrapper wrapper) {
            request = wrapper.getRequest();
        }
        return (HttpServletRequestImpl) request;
    }

    /** For requests that are completed on a thread of theirs; Undertow tells nobody of the end of those. */
    private record AtCompletion(OncePerRequest once, ServletRequestEvent event) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent completed) {
            once.endOnce(event);
        }

        @Override
        public void onTimeout(AsyncEvent timedOut) {}

        @Override
        public void onError(AsyncEvent failed) {}

        @Override
        public void onStartAsync(AsyncEvent started) {}
    }

    private record Watched(EventListener instance, InstanceHandle<? extends EventListener> handle)
            implements InstanceHandle<EventListener> {

        @Override
        public EventListener getInstance() {
            return instance;
        }

        @Override
        public void release() {
            handle.release();
        }
    }
}
