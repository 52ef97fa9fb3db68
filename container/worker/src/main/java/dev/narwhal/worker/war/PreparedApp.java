package dev.narwhal.worker.war;

import java.nio.file.Path;

/**
 * An application that is ready to be deployed.
 *
 * @param directory the prepared directory
 * @param webApp the merged descriptor
 */
public record PreparedApp(Path directory, WebApp webApp) {}
