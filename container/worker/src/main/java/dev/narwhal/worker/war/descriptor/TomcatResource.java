package dev.narwhal.worker.war.descriptor;

import dev.narwhal.contract.ResourceSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@code <Resource>} of Tomcat in the words of {@code narwhal.toml}. */
final class TomcatResource {

    private static final Logger log = LoggerFactory.getLogger(TomcatResource.class);

    /** What says nothing about the object. */
    private static final Set<String> ABOUT =
            Set.of("name", "type", "auth", "scope", "description", "singleton", "closeMethod", "factory");

    /** Where Tomcat's own factories are, which WARs name but do not bring. */
    private static final Set<String> OWN =
            Set.of("org.apache.tomcat.", "org.apache.naming.", "org.apache.catalina.", "org.apache.commons.dbcp");

    private final Map<String, String> attributes;
    private final ResourceSettings settings = new ResourceSettings();
    private final Map<String, String> properties = new LinkedHashMap<>();

    private TomcatResource(Map<String, String> attributes) {
        this.attributes = attributes;
    }

    static ResourceSpec of(Map<String, String> attributes) {
        return new TomcatResource(attributes).spec();
    }

    private ResourceSpec spec() {
        var type = attributes.getOrDefault("type", Object.class.getName());
        var factory = attributes.getOrDefault("factory", "");
        if (!factory.isEmpty() && OWN.stream().noneMatch(factory::startsWith)) {
            settings.put("factory", factory);
            properties.putAll(rest());
        } else {
            switch (type) {
                case ResourceSpec.DATA_SOURCE, ResourceSpec.XA_DATA_SOURCE -> rest().forEach(this::dataSource);
                case ResourceSpec.MAIL_SESSION, "javax.mail.Session" -> rest().forEach(this::mail);
                default -> properties.putAll(rest());
            }
        }
        return new ResourceSpec(
                attributes.getOrDefault("name", ""),
                ContextXml.FILE,
                type.equals("javax.mail.Session") ? ResourceSpec.MAIL_SESSION : type,
                settings.map(),
                properties);
    }

    private Map<String, String> rest() {
        var rest = new LinkedHashMap<>(attributes);
        rest.keySet().removeAll(ABOUT);
        return rest;
    }

    /** The attributes of Commons DBCP 2, of DBCP 1 and of Tomcat's own pool. */
    private void dataSource(String attribute, String value) {
        switch (attribute) {
            case "driverClassName" -> settings.put("driver", value);
            case "url" -> settings.put("url", value);
            case "username", "user" -> settings.put("user", value);
            case "password" -> settings.put("password", value);
            case "maxTotal", "maxActive" -> settings.put("max-pool-size", number(value));
            case "minIdle" -> settings.put("min-idle", number(value));
            case "maxWaitMillis", "maxWait" -> settings.millis("connection-timeout", number(value));
            case "maxConnLifetimeMillis", "maxAge" -> settings.millis("max-lifetime", number(value));
            case "minEvictableIdleTimeMillis" -> settings.millis("idle-timeout", number(value));
            case "validationQuery" -> settings.put("connection-test-query", value);
            case "connectionInitSqls", "initSQL" -> settings.put("connection-init-sql", value);
            case "defaultAutoCommit" -> settings.put("auto-commit", value);
            case "defaultReadOnly" -> settings.put("read-only", value);
            case "defaultTransactionIsolation" -> settings.isolation(value);
            case "defaultCatalog" -> settings.put("catalog", value);
            case "defaultSchema" -> settings.put("schema", value);
            case "connectionProperties" -> connectionProperties(value);
            default ->
                log.debug(
                        "reading {}: passing over {} of the resource {}",
                        ContextXml.FILE,
                        attribute,
                        attributes.get("name"));
        }
    }

    private void connectionProperties(String value) {
        for (var property : value.split(";", -1)) {
            int equals = property.indexOf('=');
            if (equals > 0) {
                properties.put(property.substring(0, equals).strip(), property.substring(equals + 1));
            }
        }
    }

    private void mail(String attribute, String value) {
        if (attribute.equals("password")) {
            settings.put("password", value);
        } else {
            properties.put(attribute, value);
        }
    }

    /** What is no number stands for no limit, as negative numbers do. */
    private static long number(String value) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
