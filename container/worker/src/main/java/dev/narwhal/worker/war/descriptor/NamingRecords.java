package dev.narwhal.worker.war.descriptor;

import static dev.narwhal.worker.war.descriptor.Records.orEmpty;

import dev.narwhal.contract.ResourceSpec;
import dev.narwhal.worker.war.Naming;
import dev.narwhal.worker.war.Naming.EnvEntry;
import dev.narwhal.worker.war.Naming.InjectionTarget;
import dev.narwhal.worker.war.Naming.ResourceRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.metadata.javaee.spec.DataSourceMetaData;
import org.jboss.metadata.javaee.spec.EnvironmentEntryMetaData;
import org.jboss.metadata.javaee.spec.LifecycleCallbacksMetaData;
import org.jboss.metadata.javaee.spec.MessageDestinationReferenceMetaData;
import org.jboss.metadata.javaee.spec.ResourceEnvironmentReferenceMetaData;
import org.jboss.metadata.javaee.spec.ResourceInjectionTargetMetaData;
import org.jboss.metadata.javaee.spec.ResourceReferenceMetaData;
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

    private static EnvEntry envEntry(EnvironmentEntryMetaData entry) {
        return new EnvEntry(
                entry.getEnvEntryName(),
                Optional.ofNullable(entry.getType()),
                Optional.ofNullable(entry.getValue()),
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
