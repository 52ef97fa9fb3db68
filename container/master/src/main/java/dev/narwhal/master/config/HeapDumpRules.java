package dev.narwhal.master.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where workers that run out of heap leave it for whoever wants to know why.
 *
 * @param directory empty if they leave nothing
 * @param budget what the dumps in the directory may take together
 */
public record HeapDumpRules(Optional<Path> directory, long budget) {}
