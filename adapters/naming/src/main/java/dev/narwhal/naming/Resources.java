package dev.narwhal.naming;

import dev.narwhal.contract.ResourceSpec;
import java.util.List;

/** Makes what resources describe, each at its first lookup. */
final class Resources {

    private final ClassLoader loader;
    private final List<AutoCloseable> closing;

    /**
     * For one application.
     *
     * @param loader of the application; it has the drivers and beans, its own or those of the shared libraries
     * @param closing gets what has to be closed in the end
     */
    Resources(ClassLoader loader, List<AutoCloseable> closing) {
        this.loader = loader;
        this.closing = closing;
    }

    Provided provided(ResourceSpec resource) {
        if (resource.type().equals(ResourceSpec.DATA_SOURCE)
                && resource.setting("factory").isEmpty()) {
            var pool = new Pool(resource, loader);
            closing.add(pool);
            return new Lazy(resource, loader, pool::open);
        }
        if (resource.type().equals(ResourceSpec.XA_DATA_SOURCE)
                && resource.setting("factory").isEmpty()) {
            return new Lazy(resource, loader, new DistributedSource(resource, loader)::make);
        }
        if (resource.type().equals(ResourceSpec.MAIL_SESSION)
                && resource.setting("factory").isEmpty()) {
            return new Lazy(resource, loader, new Mail(resource, loader)::session);
        }
        return new Lazy(resource, loader, new Bean(resource, loader)::make);
    }
}
