package dev.narwhal.undertow.deploy;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Lets the caller see what the target has thrown (Servlet 6.1 §9.5). */
record TransparentDispatcher(RequestDispatcher dispatcher) implements RequestDispatcher {

    static @Nullable RequestDispatcher around(@Nullable RequestDispatcher undertows) {
        return undertows == null ? null : new TransparentDispatcher(undertows);
    }

    @Override
    public void forward(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        try {
            dispatcher.forward(request, response);
        } catch (RuntimeException e) {
            throw unwrapped(e);
        }
    }

    @Override
    public void include(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        try {
            dispatcher.include(request, response);
        } catch (RuntimeException e) {
            throw unwrapped(e);
        }
    }

    /** Throws what is no runtime exception. */
    private static RuntimeException unwrapped(RuntimeException failure) throws ServletException, IOException {
        return switch (DispatchRules.thrownByTarget(failure)) {
            case ServletException thrown -> throw thrown;
            case IOException thrown -> throw thrown;
            case RuntimeException thrown -> thrown;
            case Exception _ -> failure;
        };
    }
}
