package dev.narwhal.naming;

import dev.narwhal.contract.ResourceSpec;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A {@code jakarta.mail.Session}. The mail API is the application's or a shared library, so the class that calls it is loaded once more,
 * below the application.
 */
final class Mail {

    private static final String MAKER = "dev.narwhal.naming.MailSession";

    private final ResourceSpec resource;
    private final ClassLoader loader;

    Mail(ResourceSpec resource, ClassLoader loader) {
        this.resource = resource;
        this.loader = loader;
    }

    Object session() throws ReflectiveOperationException, ResourceException {
        try {
            loader.loadClass(ResourceSpec.MAIL_SESSION);
        } catch (ClassNotFoundException e) {
            throw new ResourceException(
                    "the class " + ResourceSpec.MAIL_SESSION
                            + " is neither in the WAR nor in a library of --lib. Give Jakarta Mail's JARs with --lib",
                    e);
        }
        var maker = new Below(loader).loadClass(MAKER).getDeclaredConstructor().newInstance();
        @SuppressWarnings("unchecked") // MailSession
        var function = (Function<Map<String, String>, Object>) maker;
        return function.apply(properties());
    }

    /** The names that Jakarta Mail has for the settings. */
    private Map<String, String> properties() throws ResourceException {
        var properties = new HashMap<String, String>();
        resource.setting("host").ifPresent(host -> properties.put("mail.host", host));
        resource.setting("port").ifPresent(port -> {
            properties.put("mail.smtp.port", port);
            properties.put("mail.smtps.port", port);
        });
        resource.setting("user").ifPresent(user -> properties.put("mail.user", user));
        properties.putAll(resource.properties());
        Secrets.password(resource).ifPresent(password -> {
            properties.put("password", password);
            properties.putIfAbsent("mail.smtp.auth", "true");
        });
        return properties;
    }

    /** Defines this module's classes that use the mail API; everything else is the application's or the JDK's. */
    private static final class Below extends ClassLoader {

        Below(ClassLoader application) {
            super(application);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                var known = findLoadedClass(name);
                if (known != null) {
                    return known;
                }
                return name.startsWith(MAKER) ? define(name) : super.loadClass(name, resolve);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (var in = Mail.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                var bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
