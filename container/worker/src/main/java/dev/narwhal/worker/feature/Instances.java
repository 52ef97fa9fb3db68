package dev.narwhal.worker.feature;

/**
 * Makes the instances of an application's classes that the container creates: servlets, filters, listeners, handlers, tag handlers. What their
 * annotations ask for is injected, their callbacks are called. While an application is deployed, its servlet context has the one for
 * it under {@link #ATTRIBUTE}. Any thread; the context class loader has to be the application's.
 */
public interface Instances {

    /** The name of the attribute of the servlet context. */
    String ATTRIBUTE = "dev.narwhal.worker.feature.Instances";

    /**
     * Creates an instance with the constructor without parameters, injects it and calls its {@code @PostConstruct} methods.
     *
     * @throws ReflectiveOperationException when there is no such constructor, or something cannot be injected, or the application's code
     *     fails, which is the cause then
     */
    <T> T create(Class<T> type) throws ReflectiveOperationException;

    /**
     * Injects an instance that somebody else has created, and calls its {@code @PostConstruct} methods.
     *
     * @throws ReflectiveOperationException as above
     */
    void inject(Object instance) throws ReflectiveOperationException;

    /** Calls the {@code @PreDestroy} methods; what they throw is logged. */
    void destroy(Object instance);
}
