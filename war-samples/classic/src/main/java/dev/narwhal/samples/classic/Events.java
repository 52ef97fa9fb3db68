package dev.narwhal.samples.classic;

import jakarta.servlet.ServletContext;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** How often each kind of event reached a listener, in this worker. */
record Events(Map<String, Long> counts) {
    private static final String ATTRIBUTE = Events.class.getName();

    static void begin(ServletContext context) {
        context.setAttribute(ATTRIBUTE, new Events(new ConcurrentSkipListMap<>()));
    }

    static Events of(ServletContext context) {
        return (Events) context.getAttribute(ATTRIBUTE);
    }

    void add(String event) {
        counts.merge(event, 1L, Long::sum);
    }
}
