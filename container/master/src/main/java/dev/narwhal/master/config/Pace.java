package dev.narwhal.master.config;

import java.time.Duration;

/**
 * How fast the number of workers follows the load, if it does.
 *
 * @param grow how long it must have called for one more
 * @param shrink how long one less must have been enough
 */
public record Pace(Duration grow, Duration shrink) {}
