package dev.narwhal.undertow.event;

import io.undertow.servlet.handlers.ServletRequestContext;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a listener has thrown while a request was served that has brought about what it was told of. The request's error page is to tell it, and no
 * other listener is told any more (Servlet 6.1 §11.6). Undertow keeps exceptions of listeners to itself, but not errors: this one carries them past it.
 *
 * <p>Where there is no request, such as while the application starts or when a session expires, nobody could answer: what was thrown is left to
 * Undertow, which logs it and tells the next listener, as Tomcat does.
 */
public final class ListenerFailure extends Error {

    private static final long serialVersionUID = 1L;

    private final RuntimeException thrown;

    private ListenerFailure(RuntimeException thrown) {
        super(null, thrown, false, false);
        this.thrown = thrown;
    }

    /** What is to be thrown in the place of what a listener has thrown. */
    public static Throwable of(Throwable thrown) {
        if (ServletRequestContext.current() == null) {
            return thrown;
        }
        return switch (thrown) {
            case Error error -> error;
            case RuntimeException exception -> new ListenerFailure(exception);
            default -> new ListenerFailure(new UndeclaredThrowableException(thrown));
        };
    }

    /** Lets Undertow tell listeners; what one of them throws reaches the caller. */
    public static void uncover(Runnable telling) {
        try {
            telling.run();
        } catch (ListenerFailure failure) {
            throw failure.thrown;
        }
    }

    /** The same where listeners are told on the way to a result. */
    public static <T extends @Nullable Object> T uncovered(Supplier<T> telling) {
        try {
            return telling.get();
        } catch (ListenerFailure failure) {
            throw failure.thrown;
        }
    }

    public RuntimeException thrown() {
        return thrown;
    }
}
