package dev.narwhal.naming;

import dev.narwhal.contract.ResourceSpec;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * A resource that is made at the first lookup, by whichever thread comes first: an application that never asks for it costs its database no
 * connection. What could not be made is tried again at the next lookup.
 */
final class Lazy implements Provided {

    /** Makes the object; runs with the application's class loader as context class loader. */
    interface Maker {
        Object make() throws Exception;
    }

    private final ResourceSpec resource;
    private final ClassLoader loader;
    private final Maker maker;
    private @Nullable Object made;

    Lazy(ResourceSpec resource, ClassLoader loader, Maker maker) {
        this.resource = resource;
        this.loader = loader;
        this.maker = maker;
    }

    @Override
    public String type() {
        return resource.type();
    }

    @Override
    public synchronized Object get() throws NamingException {
        var object = made;
        if (object == null) {
            object = make();
            made = object;
        }
        return object;
    }

    private Object make() throws NamingException {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return maker.make();
        } catch (Exception | LinkageError e) {
            var failure = new NamingException(
                    "creating the resource " + resource + ": " + cause(e) + ". Correct the resource.");
            failure.initCause(e);
            throw failure;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static String cause(Throwable failure) {
        return failure instanceof ResourceException ? String.valueOf(failure.getMessage()) : failure.toString();
    }
}
