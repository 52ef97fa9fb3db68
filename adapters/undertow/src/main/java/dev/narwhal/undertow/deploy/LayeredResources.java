package dev.narwhal.undertow.deploy;

import io.undertow.server.handlers.resource.PathResource;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.server.handlers.resource.Resource;
import io.undertow.server.handlers.resource.ResourceChangeListener;
import io.undertow.server.handlers.resource.ResourceManager;
import io.undertow.util.ETag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of an application: its document root, and behind it the {@code META-INF/resources} of its JARs, the first that has a path
 * wins (Servlet 6.1 §4.6). A directory lists what all layers have in it.
 */
final class LayeredResources implements ResourceManager {

    private final List<PathResourceManager> layers;

    LayeredResources(Path documentRoot, List<Path> resourceRoots) {
        var roots = new ArrayList<Path>();
        roots.add(documentRoot);
        roots.addAll(resourceRoots);
        layers = roots.stream().map(LayeredResources::layer).toList();
    }

    private static PathResourceManager layer(Path root) {
        return (PathResourceManager) PathResourceManager.builder()
                .setBase(root)
                .setETagFunction(LayeredResources::etag)
                .build();
    }

    /** Weak, from size and time of change, as Tomcat makes it. */
    private static @Nullable ETag etag(Path file) {
        try {
            return new ETag(
                    true,
                    Files.size(file) + "-" + Files.getLastModifiedTime(file).toMillis());
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public @Nullable Resource getResource(String path) throws IOException {
        var directories = new ArrayList<Resource>();
        for (var layer : layers) {
            var resource = layer.getResource(path);
            if (resource != null && resource.isDirectory()) {
                directories.add(resource);
            } else if (resource != null && directories.isEmpty()) {
                return resource;
            }
        }
        return directories.isEmpty() ? null : new Directory(layers.getFirst(), path, directories);
    }

    @Override
    public boolean isResourceChangeListenerSupported() {
        return false;
    }

    @Override
    public void registerResourceChangeListener(ResourceChangeListener listener) {
        throw new UnsupportedOperationException("the files of a prepared application do not change");
    }

    @Override
    public void removeResourceChangeListener(ResourceChangeListener listener) {
        throw new UnsupportedOperationException("the files of a prepared application do not change");
    }

    @Override
    public void close() throws IOException {
        for (var layer : layers) {
            layer.close();
        }
    }

    /** A directory that one or several layers have. */
    private static final class Directory extends PathResource {

        private final List<Resource> directories;

        Directory(PathResourceManager manager, String path, List<Resource> directories) {
            super(directories.getFirst().getFilePath(), manager, path);
            this.directories = List.copyOf(directories);
        }

        @Override
        public List<Resource> list() {
            var entries = new LinkedHashMap<String, Resource>();
            for (var directory : directories) {
                directory.list().forEach(entry -> entries.putIfAbsent(entry.getName(), entry));
            }
            return List.copyOf(entries.values());
        }
    }
}
