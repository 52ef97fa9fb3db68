package dev.narwhal.naming;

import dev.narwhal.contract.ResourceSpec;
import dev.narwhal.worker.feature.ServerResources;
import dev.narwhal.worker.war.Naming;
import dev.narwhal.worker.war.Naming.EnvEntry;
import dev.narwhal.worker.war.Naming.ResourceRef;
import java.util.stream.Stream;
import javax.naming.NamingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what an application's names stand for: what the operator provides wins over what the WAR brings. */
final class Environment {

    private static final Logger log = LoggerFactory.getLogger(Environment.class);

    private final Naming naming;
    private final Resources resources;
    private final ClassLoader loader;
    private final Namespace namespace = new Namespace();

    Environment(Naming naming, Resources resources, ClassLoader loader) {
        this.naming = naming;
        this.resources = resources;
        this.loader = loader;
    }

    Namespace namespace(ServerResources server) {
        namespace.context("comp").context("env");
        var name =
                server.contextPath().isEmpty() ? "ROOT" : server.contextPath().substring(1);
        namespace.put("app/AppName", name);
        namespace.put("module/ModuleName", name);
        naming.resources().forEach(this::put);
        server.resources().forEach(this::put);
        naming.links().forEach(link -> link(link.name(), link.global()));
        naming.envEntries().forEach(this::put);
        naming.refs().forEach(this::put);
        namespace.seal();
        return namespace;
    }

    private void put(ResourceSpec resource) {
        namespace.put(Names.path(resource.name()), resources.provided(Placeholders.in(resource)));
    }

    private void put(EnvEntry entry) {
        var path = Names.path(entry.name());
        if (namespace.has(path)) {
            return;
        }
        if (entry.lookup().isPresent()) {
            link(entry.name(), entry.lookup().get());
        } else if (entry.value().isPresent()) {
            // without a value it is the deployer's to provide: Jakarta EE 11 §5.4.1
            var value = new EntryValue(entry, loader);
            namespace.put(path, value);
        }
    }

    private void put(ResourceRef ref) {
        if (!namespace.has(Names.path(ref.name()))) {
            Stream.of(ref.lookup(), ref.mappedName())
                    .flatMap(target -> target.stream())
                    .findFirst()
                    .ifPresent(target -> link(ref.name(), target));
        }
    }

    private void link(String name, String target) {
        var from = Names.path(name);
        var to = Names.path(target);
        if (!from.equals(to) && !namespace.has(from)) {
            log.debug("{} is another name for {}", from, to);
            namespace.put(from, new Link(namespace, to));
        }
    }

    /** Another name. */
    private record Link(Namespace namespace, String path) implements Provided {

        @Override
        public String type() {
            return Object.class.getName();
        }

        @Override
        public Object get() throws NamingException {
            return namespace.find(path);
        }
    }
}
