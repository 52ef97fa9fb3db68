package dev.narwhal.naming;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.naming.Context;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Which application a thread belongs to, by its context class loader or what that descends from. JNDI creates its factories by name, so this is the
 * one thing in the module that is static. Any thread.
 */
public final class Namespaces {

    private static final Map<ClassLoader, Namespace> BY_LOADER = Collections.synchronizedMap(new WeakHashMap<>());

    private Namespaces() {}

    static void bind(ClassLoader application, Namespace namespace) {
        BY_LOADER.put(application, namespace);
    }

    static void unbind(ClassLoader application) {
        BY_LOADER.remove(application);
    }

    /**
     * What has that name in the application that runs on this thread.
     *
     * @throws NamingException if nothing has it, or no application runs here
     */
    public static Object find(String name) throws NamingException {
        return namespace().find(name);
    }

    /**
     * The names of the application that runs on this thread.
     *
     * @throws NamingException if no application does
     */
    public static Context current() throws NamingException {
        return namespace();
    }

    private static Namespace namespace() throws NamingException {
        var loader = Thread.currentThread().getContextClassLoader();
        @Nullable ClassLoader at = loader;
        while (at != null) {
            var namespace = BY_LOADER.get(at);
            if (namespace != null) {
                return namespace;
            }
            at = at.getParent();
        }
        throw new NamingException(
                "looking for the names of the application: the context class loader of thread '"
                        + Thread.currentThread().getName() + "' is " + loader
                        + ", which belongs to none. Threads of an application need its class loader: Thread.setContextClassLoader.");
    }
}
