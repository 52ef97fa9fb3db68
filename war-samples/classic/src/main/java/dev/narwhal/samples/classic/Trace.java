package dev.narwhal.samples.classic;

import jakarta.servlet.ServletRequest;
import java.util.ArrayList;
import java.util.List;

/** The filters that one request went through, in order; forwards, includes and error pages share it. */
record Trace(List<String> steps) {
    private static final String ATTRIBUTE = Trace.class.getName();

    static Trace of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Trace trace) {
            return trace;
        }
        var trace = new Trace(new ArrayList<>());
        request.setAttribute(ATTRIBUTE, trace);
        return trace;
    }

    void add(String step) {
        steps.add(step);
    }
}
