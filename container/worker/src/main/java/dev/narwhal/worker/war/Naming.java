package dev.narwhal.worker.war;

import java.util.List;
import java.util.Optional;

/** What {@code java:comp/env} holds. Only data so far: nothing binds it yet. */
public record Naming(
        List<EnvEntry> envEntries,
        List<ResourceRef> resourceRefs,
        List<ResourceRef> resourceEnvRefs,
        List<Callback> postConstruct,
        List<Callback> preDestroy) {

    public Naming {
        envEntries = List.copyOf(envEntries);
        resourceRefs = List.copyOf(resourceRefs);
        resourceEnvRefs = List.copyOf(resourceEnvRefs);
        postConstruct = List.copyOf(postConstruct);
        preDestroy = List.copyOf(preDestroy);
    }

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
