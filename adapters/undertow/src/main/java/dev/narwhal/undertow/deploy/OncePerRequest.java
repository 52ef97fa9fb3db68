package dev.narwhal.undertow.deploy;

import dev.narwhal.undertow.event.ListenerFailure;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.api.InstanceFactory;
import io.undertow.servlet.api.InstanceHandle;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.spec.HttpServletRequestImpl;
import io.undertow.util.AttachmentKey;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestAttributeEvent;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.EventListener;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells request listeners once that a request begins and once that it ends, however many threads and asynchronous dispatches it has between
 * (Servlet 6.1 §11.3.1); Undertow tells them for each of those. Stands in for one listener, whatever else it listens to. Whichever of them is the
 * first to be told of the end has all of them told, in the reverse of their order: an asynchronous request may end between two. The request that
 * they are told of, also by events of its attributes, is a {@link StandardRequest}. What a listener of anything throws is a {@link ListenerFailure}.
 */
final class OncePerRequest implements InvocationHandler {

    private static final Logger log = LoggerFactory.getLogger(OncePerRequest.class);

    private static final ClassLoader API = ServletRequestListener.class.getClassLoader();

    private final EventListener listener;

    private OncePerRequest(EventListener listener) {
        this.listener = listener;
    }

    static void watch(ListenerInfo listener) {
        listener.setInstanceFactory(watching(listener.getInstanceFactory()));
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
        if (arguments != null
                && arguments[0] instanceof ServletRequestEvent event
                && method.getDeclaringClass() == ServletRequestListener.class) {
            var tale = Tale.of(request(event).getExchange());
            switch (method.getName()) {
                case "requestInitialized" -> tale.begin(this, event);
                default -> tale.end(event);
            }
            return null;
        }
        if (arguments != null && arguments[0] instanceof ServletRequestAttributeEvent event) {
            arguments[0] = new ServletRequestAttributeEvent(
                    event.getServletContext(), standard(event), event.getName(), event.getValue());
        }
        try {
            return method.invoke(listener, arguments);
        } catch (InvocationTargetException e) {
            throw ListenerFailure.of(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private ServletRequestListener listener() {
        return (ServletRequestListener) listener;
    }

    private static ServletRequest standard(ServletRequestEvent event) {
        return StandardRequest.of(request(event).getExchange().getAttachment(ServletRequestContext.ATTACHMENT_KEY));
    }

    private static HttpServletRequestImpl request(ServletRequestEvent event) {
        ServletRequest request = event.getServletRequest();
        while (request instanceof ServletRequestWrapper wrapper) {
            request = wrapper.getRequest();
        }
        return (HttpServletRequestImpl) request;
    }

    /** What the listeners of a request have been told. */
    private static final class Tale implements AsyncListener {

        private static final AttachmentKey<Tale> KEY = AttachmentKey.create(Tale.class);

        // Guarded by this.
        private final SequencedMap<OncePerRequest, ServletContext> told = new LinkedHashMap<>();
        private @Nullable AsyncContext awaited;
        private boolean ended;

        /** As applications see it elsewhere. */
        private final ServletRequest request;

        private Tale(ServletRequestContext context) {
            request = StandardRequest.of(context);
        }

        static Tale of(HttpServerExchange exchange) {
            var tale = exchange.getAttachment(KEY);
            if (tale == null) {
                tale = new Tale(exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY));
                exchange.putAttachment(KEY, tale);
            }
            return tale;
        }

        void begin(OncePerRequest once, ServletRequestEvent event) {
            if (isNew(once, event)) {
                once.listener().requestInitialized(new ServletRequestEvent(event.getServletContext(), request));
            }
        }

        private synchronized boolean isNew(OncePerRequest once, ServletRequestEvent event) {
            return !ended && told.putIfAbsent(once, event.getServletContext()) == null;
        }

        void end(ServletRequestEvent event) {
            var undertows = request(event);
            if (undertows.isAsyncStarted()) {
                await(undertows.getAsyncContextInternal());
            }
            if (!undertows.isAsyncStarted()) { // or not any more
                endOnce();
            }
        }

        private synchronized void await(AsyncContext async) {
            if (!async.equals(awaited)) {
                awaited = async;
                async.addListener(this);
            }
        }

        private void endOnce() {
            ending().forEach((once, context) -> {
                try {
                    once.listener().requestDestroyed(new ServletRequestEvent(context, request));
                } catch (RuntimeException e) { // the others are to be told all the same
                    log.error(
                            "telling {} of the end of a request: {}",
                            once.listener.getClass().getName(),
                            e,
                            e);
                }
            });
        }

        private synchronized Map<OncePerRequest, ServletContext> ending() {
            if (ended) {
                return Map.of();
            }
            ended = true;
            return told.reversed();
        }

        /** For requests that are completed on a thread of theirs; Undertow tells nobody of the end of those. */
        @Override
        public void onComplete(AsyncEvent completed) {
            endOnce();
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
