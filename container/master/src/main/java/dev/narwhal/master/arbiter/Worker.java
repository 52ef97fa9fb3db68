package dev.narwhal.master.arbiter;

/**
 * A worker process, from the perspective of the master.
 *
 * @param generation the release that it serves, from 1
 * @param deaths how many workers of its generation died young in its slot just before it
 */
public record Worker(int pid, int generation, Moment spawnedAt, int deaths) {}
