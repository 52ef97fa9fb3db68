package dev.narwhal.worker.migration;

import java.nio.file.Path;
import java.time.Instant;

/**
 * Where migrated libraries are kept for the next version of an application, and for other applications.
 *
 * @param directory of this user alone, on the file system of the applications; created when there is something to keep
 * @param build identifies the server and its JDK: another may migrate differently
 * @param now the time of this preparation
 */
public record Kept(Path directory, String build, Instant now) {}
