package dev.narwhal.websocket;

import io.undertow.websockets.jsr.Encoding;
import io.undertow.websockets.jsr.annotated.AnnotatedEndpointFactory;
import io.undertow.websockets.jsr.annotated.BoundParameter;
import jakarta.websocket.DecodeException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets what cannot be decoded be a {@link DecodeException} (Jakarta WebSocket 2.2 §4.3); of a path parameter, Undertow tells as a {@code NumberFormatException}. */
final class PathParameters extends Encoding {

    private static final List<String> METHODS =
            List.of("OnOpen", "OnClose", "OnError", "textMessage", "binaryMessage", "pongMessage");

    private PathParameters() {
        super(Map.of(), Map.of(), Map.of(), Map.of());
    }

    /** For the methods of an endpoint; none that is programmatic. */
    static void decode(@Nullable AnnotatedEndpointFactory endpoint) {
        if (endpoint == null) {
            return;
        }
        try {
            for (var name : METHODS) {
                var method = value(AnnotatedEndpointFactory.class.getDeclaredField(name), endpoint);
                if (method != null) {
                    decodeParameters((List<?>) value(method.getClass().getDeclaredField("parameters"), method));
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is written for another Undertow", e);
        }
    }

    private static void decodeParameters(@Nullable List<?> parameters) throws ReflectiveOperationException {
        for (var parameter : parameters == null ? List.of() : parameters) {
            if (((BoundParameter) parameter).getType() == Map.class) {
                var encodings = value(parameter.getClass().getDeclaredField("encoders"), parameter);
                for (int at = 0; encodings != null && at < Array.getLength(encodings); at++) {
                    if (Array.get(encodings, at) != null) { // of a type that is not String
                        Array.set(encodings, at, new PathParameters());
                    }
                }
            }
        }
    }

    private static @Nullable Object value(Field field, Object of) throws IllegalAccessException {
        field.setAccessible(true);
        return field.get(of);
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
