package dev.narwhal.naming;

import java.lang.annotation.Annotation;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the CDI container that an application brings inject its servlets, filters and listeners, as Weld does on Tomcat. Through the specification's
 * own way, {@code CDI.current()}, by reflection: the classes are the application's, whichever container and version it has.
 */
final class Beans {

    private static final Logger log = LoggerFactory.getLogger(Beans.class);

    /**
     * Tells Weld, in Jetty's words and with Jetty's attribute, that this server finds the beans by itself. Otherwise Weld knows Undertow by the class of
     * the servlet context, and fails without Undertow's types.
     */
    static final Map<String, Object> ATTRIBUTES = Map.of("org.eclipse.jetty.cdi", "CdiSpiDecorator");

    private static final String SPI = "jakarta.enterprise.inject.spi.";

    private final Class<? extends Annotation> inject;
    private final Class<?> cdi;
    private final ClassValue<Boolean> wants = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return Stream.<Class<?>>iterate(type, each -> each != Object.class, Class::getSuperclass)
                    .flatMap(Beans::members)
                    .anyMatch(member -> member.isAnnotationPresent(inject));
        }
    };

    private Beans(Class<? extends Annotation> inject, Class<?> cdi) {
        this.inject = inject;
        this.cdi = cdi;
    }

    /** Empty for an application without CDI. */
    static Optional<Beans> of(ClassLoader application) {
        try {
            return Optional.of(new Beans(
                    Class.forName("jakarta.inject.Inject", false, application).asSubclass(Annotation.class),
                    Class.forName(SPI + "CDI", false, application)));
        } catch (ClassNotFoundException | LinkageError _) {
            return Optional.empty();
        }
    }

    private static Stream<AccessibleObject> members(Class<?> type) {
        return Stream.concat(Stream.of(type.getDeclaredFields()), Stream.of(type.getDeclaredMethods()));
    }

    /** Injects an instance that wants it, if the container runs. */
    void inject(Object instance) throws ReflectiveOperationException {
        if (!wants.get(instance.getClass())) {
            return;
        }
        var manager = manager();
        if (manager.isEmpty()) {
            return;
        }
        var beans = spi("BeanManager");
        var type = beans.getMethod("createAnnotatedType", Class.class).invoke(manager.get(), instance.getClass());
        var factory = beans.getMethod("getInjectionTargetFactory", spi("AnnotatedType"))
                .invoke(manager.get(), type);
        var target = spi("InjectionTargetFactory")
                .getMethod("createInjectionTarget", spi("Bean"))
                .invoke(factory, (Object) null);
        // Dependent objects live as long as the instance, which lives as long as the application: none is released
        // before.
        var context = beans.getMethod("createCreationalContext", context("Contextual"))
                .invoke(manager.get(), (Object) null);
        spi("InjectionTarget")
                .getMethod("inject", Object.class, context("CreationalContext"))
                .invoke(target, instance, context);
    }

    private Optional<Object> manager() throws ReflectiveOperationException {
        try {
            var current = cdi.getMethod("current").invoke(null);
            return Optional.of(cdi.getMethod("getBeanManager").invoke(current));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalStateException) {
                log.debug("not injecting beans: {}", e.getCause().toString());
                return Optional.empty(); // the application brings the API and starts no container
            }
            throw e;
        }
    }

    private Class<?> spi(String name) throws ClassNotFoundException {
        return Class.forName(SPI + name, false, cdi.getClassLoader());
    }

    private Class<?> context(String name) throws ClassNotFoundException {
        return Class.forName("jakarta.enterprise.context.spi." + name, false, cdi.getClassLoader());
    }
}
