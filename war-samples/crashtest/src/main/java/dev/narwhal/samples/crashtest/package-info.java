/**
 * Everything that can go wrong in an application, one URL each.
 *
 * <p>{@link dev.narwhal.samples.crashtest.Crashtest} is the list of them and registers each as a servlet with a pattern of
 * its own, so that a server that measures routes sees one route per misbehaviour. What they do is in {@link
 * dev.narwhal.samples.crashtest.Waits} (time and locks), {@link dev.narwhal.samples.crashtest.Bytes} (large bodies, memory)
 * and {@link dev.narwhal.samples.crashtest.Ends} (exceptions and the end of the process).
 */
@NullMarked
package dev.narwhal.samples.crashtest;

import org.jspecify.annotations.NullMarked;
