package dev.narwhal.samples.crashtest;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.List;

/** The list of endpoints. Each becomes a servlet of its own. */
@WebListener
public final class Crashtest implements ServletContextListener {
    static final List<Endpoint> ENDPOINTS = List.of(
            new Endpoint("/ping", "", "answers one line", call -> call.answer("pong")),
            new Endpoint("/spin", "ms=1000", "keeps a core busy", Waits::spin),
            new Endpoint("/sleep", "ms=1000", "sleeps", Waits::sleep),
            new Endpoint(
                    "/synchronized", "ms=1000", "sleeps inside a monitor that all its requests share", Waits::monitor),
            new Endpoint("/hang", "", "waits for what never comes", Waits::hang),
            new Endpoint("/deadlock", "", "waits for two threads that wait for each other", Waits::deadlock),
            new Endpoint("/output", "mib=10", "writes a large body", Bytes::output),
            new Endpoint("/swallow", "", "reads the whole request body and says its size", Bytes::swallow),
            new Endpoint("/leak", "mib=10", "keeps memory for good", Bytes::leak),
            new Endpoint("/oom", "", "allocates until OutOfMemoryError", Bytes::allocateUntilOutOfMemory),
            new Endpoint("/throw", "what=runtime", "throws: runtime, checked, servlet or error", Ends::raise),
            new Endpoint("/recurse", "", "calls itself until StackOverflowError", Ends::recurse),
            new Endpoint("/exit", "code=1", "calls System.exit", Ends::exit),
            new Endpoint("/halt", "code=1", "calls Runtime.halt: no shutdown hook runs", Ends::halt));

    @Override
    public void contextInitialized(ServletContextEvent event) {
        for (var endpoint : ENDPOINTS) {
            event.getServletContext()
                    .addServlet(endpoint.path().substring(1), new EndpointServlet(endpoint))
                    .addMapping(endpoint.path());
        }
    }
}
