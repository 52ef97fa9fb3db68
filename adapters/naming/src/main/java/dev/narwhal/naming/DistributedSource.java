package dev.narwhal.naming;

import dev.narwhal.contract.ResourceSpec;
import javax.sql.XADataSource;

/**
 * An {@link XADataSource}, as the driver makes it: without a pool, which is the business of the transaction manager that the application brings.
 */
final class DistributedSource {

    private final ResourceSpec resource;
    private final ClassLoader loader;

    DistributedSource(ResourceSpec resource, ClassLoader loader) {
        this.resource = resource;
        this.loader = loader;
    }

    XADataSource make() throws ReflectiveOperationException, ResourceException {
        var className = resource.setting("driver")
                .orElseThrow(() ->
                        new ResourceException("it has no driver, the driver's own class that is an XADataSource"));
        var bean = new Bean(resource, loader);
        var type = bean.load(className);
        if (!XADataSource.class.isAssignableFrom(type)) {
            throw new ResourceException("the class " + className + " is no XADataSource. Name the driver's own");
        }
        return (XADataSource) bean.of(type, Secrets.password(resource));
    }
}
