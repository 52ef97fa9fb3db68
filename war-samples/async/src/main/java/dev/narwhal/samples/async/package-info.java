/**
 * Requests that outlive the thread they came on: {@code AsyncContext}, server-sent events, non-blocking I/O.
 *
 * <p>{@link dev.narwhal.samples.async.Background} has the threads, one servlet each way to use them, {@link
 * dev.narwhal.samples.async.Echo} the non-blocking pump, {@link dev.narwhal.samples.async.Outcomes} counts how requests ended.
 */
@NullMarked
package dev.narwhal.samples.async;

import org.jspecify.annotations.NullMarked;
