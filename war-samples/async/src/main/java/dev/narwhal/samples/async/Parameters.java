package dev.narwhal.samples.async;

import jakarta.servlet.ServletRequest;

/** Parameters with defaults. */
final class Parameters {
    private Parameters() {}

    static long number(ServletRequest request, String name, long otherwise) {
        var value = request.getParameter(name);
        return value == null ? otherwise : Long.parseLong(value);
    }

    static String text(ServletRequest request, String name, String otherwise) {
        var value = request.getParameter(name);
        return value == null ? otherwise : value;
    }
}
