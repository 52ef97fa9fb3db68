package dev.narwhal.naming;

import dev.narwhal.contract.ResourceSpec;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.naming.CompositeName;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import javax.naming.spi.ObjectFactory;

/** A plain object: its class, and properties for its setters; or what an {@link ObjectFactory} of the application makes of them. */
final class Bean {

    private final ResourceSpec resource;
    private final ClassLoader loader;

    Bean(ResourceSpec resource, ClassLoader loader) {
        this.resource = resource;
        this.loader = loader;
    }

    Object make() throws Exception {
        var factory = resource.setting("factory");
        if (factory.isPresent()) {
            return fromFactory(load(factory.get()));
        }
        var value = resource.setting("value");
        return value.isPresent()
                ? EntryValue.parse(resource.type(), value.get(), loader)
                : of(load(resource.type()), Optional.empty());
    }

    Class<?> load(String className) throws ResourceException {
        try {
            return Class.forName(className, true, loader);
        } catch (ClassNotFoundException e) {
            throw new ResourceException(
                    "the class " + className
                            + " is neither in the WAR nor in a library of --lib. Give its JAR with --lib",
                    e);
        }
    }

    @SuppressWarnings("JdkObsolete") // JNDI wants a Hashtable
    private Object fromFactory(Class<?> type) throws Exception {
        var reference = new Reference(resource.type(), type.getName(), null);
        resource.settings().forEach((key, value) -> reference.add(new StringRefAddr(key, value)));
        resource.properties().forEach((key, value) -> reference.add(new StringRefAddr(key, value)));
        var factory =
                type.asSubclass(ObjectFactory.class).getDeclaredConstructor().newInstance();
        var name = new CompositeName(resource.name());
        var made = factory.getObjectInstance(reference, name, Namespaces.current(), new Hashtable<>());
        if (made == null) {
            throw new ResourceException("the factory " + type.getName() + " made nothing of it");
        }
        return made;
    }

    /** An instance of the class, with what settings and properties there are setters for. */
    Object of(Class<?> type, Optional<String> password) throws ReflectiveOperationException, ResourceException {
        var bean = type.getDeclaredConstructor().newInstance();
        for (var setting : values(password).entrySet()) {
            set(bean, setting.getKey(), setting.getValue(), false);
        }
        for (var property : resource.properties().entrySet()) {
            set(bean, property.getKey(), property.getValue(), true);
        }
        return bean;
    }

    /** What a {@code DataSource} class may have setters for (JDBC 4.3 §9.6.1). */
    private Map<String, String> values(Optional<String> password) {
        var values = new LinkedHashMap<String, String>();
        resource.setting("url").ifPresent(url -> {
            values.put("url", url);
            values.put("URL", url);
        });
        resource.setting("user").ifPresent(user -> values.put("user", user));
        password.ifPresent(text -> values.put("password", text));
        resource.setting("server-name").ifPresent(name -> values.put("serverName", name));
        resource.setting("port-number").ifPresent(port -> values.put("portNumber", port));
        resource.setting("database-name").ifPresent(name -> values.put("databaseName", name));
        return values;
    }

    private void set(Object bean, String property, String text, boolean needed)
            throws ReflectiveOperationException, ResourceException {
        var setter = setter(bean.getClass(), property);
        if (setter.isPresent()) {
            var type = setter.get().getParameterTypes()[0];
            try {
                setter.get().invoke(bean, EntryValue.parse(type.getName(), text, loader));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new ResourceException(
                        "the property " + property + " is not a value of " + type.getName() + " for "
                                + setter.get().getName(),
                        e);
            }
        } else if (needed) {
            throw new ResourceException(
                    "the class " + bean.getClass().getName() + " has no setter for the property " + property);
        }
    }

    private static Optional<Method> setter(Class<?> type, String property) {
        var name = "set" + property.substring(0, 1).toUpperCase(Locale.ROOT) + property.substring(1);
        // that of a text first: it needs no conversion
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == 1)
                .min((a, b) -> Boolean.compare(
                        b.getParameterTypes()[0] == String.class, a.getParameterTypes()[0] == String.class));
    }
}
