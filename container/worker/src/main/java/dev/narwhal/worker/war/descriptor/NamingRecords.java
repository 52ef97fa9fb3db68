package dev.narwhal.worker.war.descriptor;

import static dev.narwhal.worker.war.descriptor.Records.orEmpty;

import dev.narwhal.contract.ResourceSpec;
import dev.narwhal.worker.war.Naming;
import dev.narwhal.worker.war.Naming.EnvEntry;
import dev.narwhal.worker.war.Naming.InjectionTarget;
import dev.narwhal.worker.war.Naming.ResourceRef;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jboss.metadata.javaee.spec.DataSourceMetaData;
import org.jboss.metadata.javaee.spec.EJBLocalReferenceMetaData;
import org.jboss.metadata.javaee.spec.EJBReferenceMetaData;
import org.jboss.metadata.javaee.spec.EnvironmentEntryMetaData;
import org.jboss.metadata.javaee.spec.LifecycleCallbacksMetaData;
import org.jboss.metadata.javaee.spec.MessageDestinationReferenceMetaData;
import org.jboss.metadata.javaee.spec.PersistenceContextReferenceMetaData;
import org.jboss.metadata.javaee.spec.PersistenceUnitReferenceMetaData;
import org.jboss.metadata.javaee.spec.ResourceEnvironmentReferenceMetaData;
import org.jboss.metadata.javaee.spec.ResourceInjectionTargetMetaData;
import org.jboss.metadata.javaee.spec.ResourceReferenceMetaData;
import org.jboss.metadata.javaee.spec.ServiceReferenceMetaData;
import org.jboss.metadata.javaee.support.NamedMetaData;
import org.jboss.metadata.web.spec.WebMetaData;
import org.jspecify.annotations.Nullable;

/** Turns the naming part of a merged descriptor into records. */
final class NamingRecords {

    private NamingRecords() {}

    static Naming of(WebMetaData descriptor) {
        var group = descriptor.getJndiEnvironmentRefsGroup();
        if (group == null) {
            return Naming.NONE;
        }
        return new Naming(
                orEmpty(group.getEnvironmentEntries()).stream()
                        .map(NamingRecords::envEntry)
                        .toList(),
                orEmpty(group.getResourceReferences()).stream()
                        .map(NamingRecords::resourceRef)
                        .toList(),
                orEmpty(group.getResourceEnvironmentReferences()).stream()
                        .map(NamingRecords::resourceEnvRef)
                        .toList(),
                orEmpty(group.getMessageDestinationReferences()).stream()
                        .map(NamingRecords::messageDestinationRef)
                        .toList(),
                orEmpty(group.getDataSources()).stream()
                        .map(NamingRecords::dataSource)
                        .toList(),
                List.of(),
                callbacks(group.getPostConstructs()),
                callbacks(group.getPreDestroys()));
    }

    /** What applications of a whole Jakarta EE server may name: each element with the names in it. */
    static Map<String, List<String>> unsupported(WebMetaData descriptor) {
        var names = new TreeMap<String, List<String>>();
        var group = descriptor.getJndiEnvironmentRefsGroup();
        if (group != null) {
            add(names, "ejb-ref", group.getEjbReferences(), EJBReferenceMetaData::getEjbRefName);
            add(names, "ejb-local-ref", group.getEjbLocalReferences(), EJBLocalReferenceMetaData::getEjbRefName);
            add(names, "service-ref", group.getServiceReferences(), ServiceReferenceMetaData::getServiceRefName);
            add(
                    names,
                    "persistence-unit-ref",
                    group.getPersistenceUnitRefs(),
                    PersistenceUnitReferenceMetaData::getPersistenceUnitRefName);
            add(
                    names,
                    "persistence-context-ref",
                    group.getPersistenceContextRefs(),
                    PersistenceContextReferenceMetaData::getPersistenceContextRefName);
            add(names, "jms-connection-factory", group.getJmsConnectionFactories(), NamedMetaData::getName);
            add(names, "jms-destination", group.getJmsDestinations(), NamedMetaData::getName);
            add(names, "connection-factory", group.getConnectionFactories(), NamedMetaData::getName);
            add(names, "administered-object", group.getAdministeredObjects(), NamedMetaData::getName);
            add(names, "context-service", group.getContextServices(), NamedMetaData::getName);
            add(names, "managed-executor", group.getManagedExecutors(), NamedMetaData::getName);
            add(names, "managed-scheduled-executor", group.getManagedScheduledExecutors(), NamedMetaData::getName);
            add(names, "managed-thread-factory", group.getManagedThreadFactories(), NamedMetaData::getName);
        }
        return names;
    }

    private static <T> void add(
            Map<String, List<String>> names,
            String element,
            @Nullable Collection<T> all,
            Function<? super T, String> name) {
        if (all != null && !all.isEmpty()) {
            names.put(element, all.stream().map(name).sorted().toList());
        }
    }

    private static EnvEntry envEntry(EnvironmentEntryMetaData entry) {
        return new EnvEntry(
                entry.getEnvEntryName(),
                Optional.ofNullable(entry.getType()),
                Optional.ofNullable(entry.getValue()).map(String::strip),
                Optional.ofNullable(entry.getLookupName()),
                targets(entry.getInjectionTargets()));
    }

    private static ResourceRef resourceRef(ResourceReferenceMetaData ref) {
        return new ResourceRef(
                ref.getResourceRefName(),
                Optional.ofNullable(ref.getType()),
                Optional.ofNullable(ref.getResAuth()).map(Enum::name),
                Optional.ofNullable(ref.getResSharingScope()).map(Enum::name),
                Optional.ofNullable(ref.getMappedName()),
                Optional.ofNullable(ref.getLookupName()),
                targets(ref.getInjectionTargets()));
    }

    private static ResourceRef resourceEnvRef(ResourceEnvironmentReferenceMetaData ref) {
        return new ResourceRef(
                ref.getResourceEnvRefName(),
                Optional.ofNullable(ref.getType()),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(ref.getMappedName()),
                Optional.ofNullable(ref.getLookupName()),
                targets(ref.getInjectionTargets()));
    }

    private static ResourceRef messageDestinationRef(MessageDestinationReferenceMetaData ref) {
        return new ResourceRef(
                ref.getMessageDestinationRefName(),
                Optional.ofNullable(ref.getType()),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(ref.getMappedName()),
                Optional.ofNullable(ref.getLookupName()),
                targets(ref.getInjectionTargets()));
    }

    private static ResourceSpec dataSource(DataSourceMetaData source) {
        var isolation = source.getIsolationLevel();
        var settings = new ResourceSettings()
                .put("class", source.getClassName())
                .put("url", source.getUrl())
                .put("user", source.getUser())
                .put("password", source.getPassword())
                .put("server-name", source.getServerName())
                .put("port-number", source.getPortNumber())
                .put("database-name", source.getDatabaseName())
                .isolation(isolation == null ? null : isolation.name())
                .put("max-pool-size", source.getMaxPoolSize())
                .put("min-idle", source.getMinPoolSize())
                .seconds("idle-timeout", source.getMaxIdleTime())
                .seconds("connection-timeout", source.getLoginTimeout());
        var properties = new LinkedHashMap<String, String>();
        orEmpty(source.getProperties()).forEach(property -> properties.put(property.getName(), property.getValue()));
        return new ResourceSpec(
                source.getName(), "WEB-INF/web.xml", ResourceSpec.DATA_SOURCE, settings.map(), properties);
    }

    private static List<InjectionTarget> targets(@Nullable Set<ResourceInjectionTargetMetaData> targets) {
        return orEmpty(targets).stream()
                .map(target -> new InjectionTarget(target.getInjectionTargetClass(), target.getInjectionTargetName()))
                .toList();
    }

    private static List<Naming.Callback> callbacks(@Nullable LifecycleCallbacksMetaData callbacks) {
        return orEmpty(callbacks).stream()
                .map(callback ->
                        new Naming.Callback(Optional.ofNullable(callback.getClassName()), callback.getMethodName()))
                .toList();
    }
}
