package dev.narwhal.websocket;

import io.undertow.websockets.jsr.Encoding;
import io.undertow.websockets.jsr.UndertowSession;
import io.undertow.websockets.jsr.annotated.AnnotatedEndpointFactory;
import io.undertow.websockets.jsr.annotated.BoundParameter;
import jakarta.websocket.DecodeException;
import jakarta.websocket.Session;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the methods of an annotated endpoint are given, where the specification has it otherwise than Undertow. */
final class EndpointMethods {

    private static final List<String> METHODS =
            List.of("OnOpen", "OnClose", "OnError", "textMessage", "binaryMessage", "pongMessage");

    private final Container container;

    EndpointMethods(Container container) {
        this.container = container;
    }

    /** For the methods of an endpoint; none that is programmatic. */
    void adapt(@Nullable AnnotatedEndpointFactory endpoint) {
        if (endpoint == null) {
            return;
        }
        try {
            for (var name : METHODS) {
                var method = value(AnnotatedEndpointFactory.class.getDeclaredField(name), endpoint);
                if (method != null) {
                    adaptParameters(value(method.getClass().getDeclaredField("parameters"), method));
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is written for another Undertow", e);
        }
    }

    @SuppressWarnings("unchecked") // of a field of Undertow's
    private void adaptParameters(@Nullable Object field) throws ReflectiveOperationException {
        if (field == null) {
            return;
        }
        var parameters = (List<BoundParameter>) field;
        for (var parameter : parameters) {
            if (parameter.getType() == Map.class) {
                decodePath(parameter);
            }
        }
        parameters.replaceAll(
                parameter -> parameter.getType() == Session.class ? new Standard(parameter, container) : parameter);
    }

    private static void decodePath(BoundParameter parameter) throws ReflectiveOperationException {
        var encodings = value(parameter.getClass().getDeclaredField("encoders"), parameter);
        for (int at = 0; encodings != null && at < Array.getLength(encodings); at++) {
            if (Array.get(encodings, at) != null) { // of a type that is not String
                Array.set(encodings, at, new PathParameters());
            }
        }
    }

    private static @Nullable Object value(Field field, Object of) throws IllegalAccessException {
        field.setAccessible(true);
        return field.get(of);
    }

    /** The session as applications see it. */
    private record Standard(BoundParameter parameter, Container container) implements BoundParameter {

        @Override
        public Set<Integer> positions() {
            return parameter.positions();
        }

        @Override
        public void populate(Object[] parameters, Map<Class<?>, Object> values) throws DecodeException {
            parameter.populate(parameters, values);
            for (int at = 0; at < parameters.length; at++) {
                if (parameters[at] instanceof UndertowSession session) {
                    parameters[at] = container.standard(session);
                }
            }
        }

        @Override
        public Class<?> getType() {
            return parameter.getType();
        }
    }

    /**
     * Lets what cannot be decoded be a {@link DecodeException} (Jakarta WebSocket 2.2 §4.3); of a path parameter, Undertow tells as a {@code
     * NumberFormatException}.
     */
    private static final class PathParameters extends Encoding {

        private PathParameters() {
            super(Map.of(), Map.of(), Map.of(), Map.of());
        }

        @Override
        public @Nullable Object decodeText(Class<?> type, @Nullable String text) throws DecodeException {
            if (text == null) {
                return null;
            }
            try {
                return super.decodeText(type, text);
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw new DecodeException(text, "a path parameter is no " + type.getSimpleName(), e);
            }
        }
    }
}
