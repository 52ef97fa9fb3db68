package dev.narwhal.master.config;

import java.nio.file.Path;

/**
 * An application to serve.
 *
 * @param path the absolute path of a WAR file or an exploded directory
 * @param contextPath empty for the root, otherwise {@code /name}
 */
public record WarRef(Path path, String contextPath) {}
