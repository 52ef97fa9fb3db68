package dev.narwhal.naming;

import dev.narwhal.worker.feature.Instances;
import dev.narwhal.worker.war.Naming;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates, injects and destroys the instances of one application (Servlet 6.1 §15.5). */
final class Injector implements Instances {

    private static final Logger log = LoggerFactory.getLogger(Injector.class);

    private final Namespace namespace;
    private final Naming naming;
    private final boolean annotations;
    private final Optional<Beans> beans;
    private final Map<Class<?>, Injections> known = new ConcurrentHashMap<>();

    /**
     * @param annotations whether they count: not in an application whose descriptor is complete (Servlet 6.1 §8.1)
     * @param beans the application's own CDI
     */
    Injector(Namespace namespace, Naming naming, boolean annotations, Optional<Beans> beans) {
        this.namespace = namespace;
        this.naming = naming;
        this.annotations = annotations;
        this.beans = beans;
    }

    @Override
    public <T> T create(Class<T> type) throws ReflectiveOperationException {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        var instance = constructor.newInstance();
        inject(instance);
        return instance;
    }

    @Override
    public void inject(Object instance) throws ReflectiveOperationException {
        var injections = injections(instance);
        for (var injection : injections.injections()) {
            inject(instance, injection);
        }
        if (beans.isPresent()) {
            beans.get().inject(instance);
        }
        for (var method : injections.postConstruct()) {
            method.invoke(instance);
        }
    }

    private void inject(Object instance, Injections.Injection injection) throws ReflectiveOperationException {
        var what = "injecting %s into %s: ".formatted(injection.name(), injection.target());
        try {
            injection.target().set(instance, find(injection));
        } catch (NameNotFoundException e) {
            if (!injection.target().isValue()) {
                throw new ReflectiveOperationException(
                        what + e.getMessage() + " Add [resources.\"" + Naming.local(injection.name())
                                + "\"] to narwhal.toml.",
                        e);
            }
            // An entry without a value leaves the default alone.
            log.debug("{}{}", what, e.getMessage());
        } catch (NamingException e) {
            throw new ReflectiveOperationException(what + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ReflectiveOperationException(what + "it is of another type (" + e.getMessage() + ")", e);
        }
    }

    private Object find(Injections.Injection injection) throws NamingException {
        var path = Names.path(injection.name());
        return namespace.find(
                injection.lookup().isEmpty() || namespace.has(path) ? path : Names.path(injection.lookup()));
    }

    @Override
    public void destroy(Object instance) {
        for (var method : injections(instance).preDestroy()) {
            try {
                method.invoke(instance);
            } catch (InvocationTargetException e) {
                log.warn(
                        "destroying an instance of {}: {} threw",
                        instance.getClass().getName(),
                        name(method),
                        e.getCause());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("calling " + method, e); // it was made accessible
            }
        }
    }

    private static String name(Method method) {
        return method.getName();
    }

    private Injections injections(Object instance) {
        return known.computeIfAbsent(instance.getClass(), type -> Injections.of(type, naming, annotations));
    }
}
