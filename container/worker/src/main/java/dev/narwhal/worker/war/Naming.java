package dev.narwhal.worker.war;

import dev.narwhal.contract.ResourceSpec;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the application wants to find by name, and what it brings itself. Names are relative to {@code java:comp/env/} unless they begin with
 * {@code java:}.
 *
 * @param envEntries values
 * @param resourceRefs things that somebody has to provide
 * @param resourceEnvRefs the same; the specification tells them apart by their types
 * @param messageDestinationRefs the same
 * @param resources what the application brings: {@code <data-source>}, {@code @DataSourceDefinition}, {@code META-INF/context.xml}
 * @param links other names for what the operator provides
 * @param postConstruct callbacks of classes that the container makes instances of
 * @param preDestroy the same, for their end
 */
public record Naming(
        List<EnvEntry> envEntries,
        List<ResourceRef> resourceRefs,
        List<ResourceRef> resourceEnvRefs,
        List<ResourceRef> messageDestinationRefs,
        List<ResourceSpec> resources,
        List<Link> links,
        List<Callback> postConstruct,
        List<Callback> preDestroy) {

    public static final Naming NONE =
            new Naming(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    /** The context that names without a scheme are relative to. */
    public static final String ENVIRONMENT = "java:comp/env/";

    public Naming {
        envEntries = List.copyOf(envEntries);
        resourceRefs = List.copyOf(resourceRefs);
        resourceEnvRefs = List.copyOf(resourceEnvRefs);
        messageDestinationRefs = List.copyOf(messageDestinationRefs);
        resources = List.copyOf(resources);
        links = List.copyOf(links);
        postConstruct = List.copyOf(postConstruct);
        preDestroy = List.copyOf(preDestroy);
    }

    /** Everything that somebody has to provide. */
    public List<ResourceRef> refs() {
        return Stream.of(resourceRefs, resourceEnvRefs, messageDestinationRefs)
                .flatMap(List::stream)
                .toList();
    }

    /** The same without passwords, for showing it. */
    Naming masked() {
        return new Naming(
                envEntries,
                resourceRefs,
                resourceEnvRefs,
                messageDestinationRefs,
                resources.stream().map(ResourceSpec::masked).toList(),
                links,
                postConstruct,
                preDestroy);
    }

    /** A name without {@code java:comp/env/} at its beginning. */
    public static String local(String name) {
        return name.startsWith(ENVIRONMENT) ? name.substring(ENVIRONMENT.length()) : name;
    }

    /**
     * The references that nothing provides.
     *
     * @param provided the names of what the operator provides
     */
    public List<ResourceRef> unprovided(Collection<String> provided) {
        var known = new HashSet<>(provided);
        resources.forEach(resource -> known.add(local(resource.name())));
        links.stream().filter(link -> provided.contains(link.global())).forEach(link -> known.add(local(link.name())));
        envEntries.forEach(entry -> known.add(local(entry.name())));
        return refs().stream()
                .filter(ref -> Stream.of(Optional.of(ref.name()), ref.lookup(), ref.mappedName())
                        .flatMap(Optional::stream)
                        .noneMatch(name -> known.contains(local(name))))
                .toList();
    }

    /** A {@code <ResourceLink>}: {@code name} is another name for what the operator calls {@code global}. */
    public record Link(String name, String global) {}

    /** An {@code <env-entry>}. */
    public record EnvEntry(
            String name,
            Optional<String> type,
            Optional<String> value,
            Optional<String> lookup,
            List<InjectionTarget> targets) {
        public EnvEntry {
            targets = List.copyOf(targets);
        }
    }

    /**
     * A {@code <resource-ref>} or {@code <resource-env-ref>}.
     *
     * @param authentication {@code Container} or {@code Application}
     * @param sharing {@code Shareable} or {@code Unshareable}
     */
    public record ResourceRef(
            String name,
            Optional<String> type,
            Optional<String> authentication,
            Optional<String> sharing,
            Optional<String> mappedName,
            Optional<String> lookup,
            List<InjectionTarget> targets) {
        public ResourceRef {
            targets = List.copyOf(targets);
        }
    }

    /** An {@code <injection-target>}. */
    public record InjectionTarget(String className, String name) {}

    /** A {@code <post-construct>} or {@code <pre-destroy>}. */
    public record Callback(Optional<String> className, String method) {}
}
