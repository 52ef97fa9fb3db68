package dev.narwhal.master.config;

/**
 * What the master was given to share out.
 *
 * @param cores processors, at least 1
 * @param memoryBytes memory that all processes together may use
 */
public record Machine(int cores, long memoryBytes) {}
