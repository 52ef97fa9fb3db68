package dev.narwhal.worker.war.descriptor;

import static dev.narwhal.worker.war.descriptor.Annotations.nested;
import static dev.narwhal.worker.war.descriptor.Annotations.number;
import static dev.narwhal.worker.war.descriptor.Annotations.strings;
import static dev.narwhal.worker.war.descriptor.Annotations.text;

import dev.narwhal.contract.ResourceSpec;
import dev.narwhal.worker.war.Naming;
import dev.narwhal.worker.war.Naming.ResourceRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Type;

/**
 * The names that annotations of classes declare: {@code @Resource} and {@code @Resources} of servlets, filters and listeners, {@code
 * @DataSourceDefinition} of any class. What is injected where is found out when a class is loaded.
 */
final class AnnotatedReferences {

    private static final DotName RESOURCE = DotName.createSimple("jakarta.annotation.Resource");
    private static final DotName RESOURCES = DotName.createSimple("jakarta.annotation.Resources");
    private static final DotName DATA_SOURCE = DotName.createSimple("jakarta.annotation.sql.DataSourceDefinition");
    private static final DotName DATA_SOURCES = DotName.createSimple("jakarta.annotation.sql.DataSourceDefinitions");

    /** Types of environment entries: without a value nothing is missing. */
    private static final Set<String> VALUES = Set.of(
            "java.lang.String",
            "java.lang.Character",
            "java.lang.Byte",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Boolean",
            "java.lang.Double",
            "java.lang.Float",
            "java.lang.Class");

    private final ClassIndex index;
    private final Map<String, ResourceRef> refs = new LinkedHashMap<>();

    AnnotatedReferences(ClassIndex index) {
        this.index = index;
    }

    /**
     * The naming part of the descriptor, which wins, with what the annotations add.
     *
     * @param components names of the classes that the container makes instances of
     * @param all every class that takes part
     */
    Naming addTo(Naming naming, Collection<String> components, Collection<ClassInfo> all) {
        for (var component : components) {
            index.find(DotName.createSimple(component)).ifPresent(type -> {
                read(type);
                index.superclasses(type).forEach(this::read);
            });
        }
        Stream.concat(
                        naming.envEntries().stream().map(Naming.EnvEntry::name),
                        naming.refs().stream().map(ResourceRef::name))
                .forEach(refs::remove);
        var resourceRefs = new ArrayList<>(naming.resourceRefs());
        resourceRefs.addAll(refs.values());
        var resources = new ArrayList<>(naming.resources());
        var names = resources.stream().map(ResourceSpec::name).toList();
        dataSources(all).stream()
                .filter(resource -> !names.contains(resource.name()))
                .forEach(resources::add);
        return new Naming(
                naming.envEntries(),
                resourceRefs,
                naming.resourceEnvRefs(),
                naming.messageDestinationRefs(),
                resources,
                naming.links(),
                naming.postConstruct(),
                naming.preDestroy());
    }

    private void read(ClassInfo type) {
        for (var annotation : type.annotations(RESOURCE)) {
            var target = annotation.target();
            switch (target.kind()) {
                case CLASS -> add(annotation, "", Optional.empty());
                case FIELD ->
                    add(
                            annotation,
                            type.name() + "/" + target.asField().name(),
                            Optional.of(target.asField().type()));
                case METHOD -> readSetter(annotation, type, target);
                case METHOD_PARAMETER, TYPE, RECORD_COMPONENT -> {}
            }
        }
        var several = type.declaredAnnotation(RESOURCES);
        if (several != null) {
            nested(several, "value").forEach(annotation -> add(annotation, "", Optional.empty()));
        }
    }

    private void readSetter(AnnotationInstance annotation, ClassInfo type, AnnotationTarget target) {
        var method = target.asMethod();
        if (method.name().length() > 3 && method.parametersCount() == 1) {
            var property = method.name().substring(3, 4).toLowerCase(Locale.ROOT)
                    + method.name().substring(4);
            add(annotation, type.name() + "/" + property, Optional.of(method.parameterType(0)));
        }
    }

    private void add(AnnotationInstance annotation, String defaultName, Optional<Type> defaultType) {
        var name = text(annotation, "name").isEmpty() ? defaultName : text(annotation, "name");
        var given = annotation.value("type");
        var type = given == null || given.asClass().name().equals(DotName.OBJECT_NAME)
                ? defaultType
                : Optional.of(given.asClass());
        var lookup = Optional.of(text(annotation, "lookup")).filter(value -> !value.isEmpty());
        var mapped = Optional.of(text(annotation, "mappedName")).filter(value -> !value.isEmpty());
        boolean value = type.isPresent()
                && (type.get().kind() == Type.Kind.PRIMITIVE
                        || VALUES.contains(type.get().name().toString()));
        if (!name.isEmpty() && (!value || lookup.isPresent())) {
            refs.putIfAbsent(
                    name,
                    new ResourceRef(
                            name,
                            type.map(each -> each.name().toString()),
                            Optional.empty(),
                            Optional.empty(),
                            mapped,
                            lookup,
                            List.of()));
        }
    }

    private static List<ResourceSpec> dataSources(Collection<ClassInfo> all) {
        var sources = new ArrayList<ResourceSpec>();
        for (var type : all) {
            var one = type.declaredAnnotation(DATA_SOURCE);
            var several = type.declaredAnnotation(DATA_SOURCES);
            Stream.concat(Stream.ofNullable(one), several == null ? Stream.of() : nested(several, "value").stream())
                    .map(annotation -> dataSource(annotation, type))
                    .forEach(sources::add);
        }
        return sources;
    }

    private static ResourceSpec dataSource(AnnotationInstance annotation, ClassInfo type) {
        var settings = new ResourceSettings()
                .put("class", text(annotation, "className"))
                .put("url", text(annotation, "url"))
                .put("user", text(annotation, "user"))
                .put("password", text(annotation, "password"))
                .put("server-name", text(annotation, "serverName"))
                .put("port-number", number(annotation, "portNumber", -1))
                .put("database-name", text(annotation, "databaseName"))
                .isolation(isolation(number(annotation, "isolationLevel", -1)))
                .put("max-pool-size", number(annotation, "maxPoolSize", -1))
                .put("min-idle", number(annotation, "minPoolSize", -1))
                .seconds("idle-timeout", number(annotation, "maxIdleTime", -1))
                .seconds("connection-timeout", number(annotation, "loginTimeout", 0));
        var properties = new LinkedHashMap<String, String>();
        for (var property : strings(annotation, "properties")) {
            int equals = property.indexOf('=');
            if (equals > 0) {
                properties.put(property.substring(0, equals), property.substring(equals + 1));
            }
        }
        return new ResourceSpec(
                text(annotation, "name"),
                "@DataSourceDefinition of " + type.name(),
                ResourceSpec.DATA_SOURCE,
                settings.map(),
                properties);
    }

    /** {@code java.sql.Connection.TRANSACTION_*}. */
    private static String isolation(long level) {
        return switch ((int) level) {
            case 1 -> "READ_UNCOMMITTED";
            case 2 -> "READ_COMMITTED";
            case 4 -> "REPEATABLE_READ";
            case 8 -> "SERIALIZABLE";
            default -> "";
        };
    }
}
