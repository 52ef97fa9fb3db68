package dev.narwhal.samples.crashtest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A request and its response, with the two things every endpoint does: read a number, answer a line. */
record Call(HttpServletRequest request, HttpServletResponse response) {
    long number(String parameter, long otherwise) {
        var value = request.getParameter(parameter);
        if (value == null) {
            return otherwise;
        }
        try {
            return Long.parseUnsignedLong(value);
        } catch (NumberFormatException e) {
            throw new BadNumber(parameter, value, e);
        }
    }

    String text(String parameter, String otherwise) {
        var value = request.getParameter(parameter);
        return value == null ? otherwise : value;
    }

    void answer(String line) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(line);
    }

    static final class BadNumber extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private BadNumber(String parameter, String value, NumberFormatException cause) {
            super("reading parameter " + parameter + ": " + value + " is not a whole number", cause);
        }
    }
}
