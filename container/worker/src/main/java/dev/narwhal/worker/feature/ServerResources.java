package dev.narwhal.worker.feature;

import dev.narwhal.contract.ResourceSpec;
import java.util.List;

/**
 * What the operator provides for an application.
 *
 * @param contextPath where the application is served: empty for the root, otherwise {@code /name}
 * @param resources to be found by name
 */
public record ServerResources(String contextPath, List<ResourceSpec> resources) {

    public ServerResources {
        resources = List.copyOf(resources);
    }
}
