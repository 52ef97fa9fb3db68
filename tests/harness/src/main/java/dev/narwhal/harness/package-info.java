/**
 * Starts the real distribution as its users do, and looks at it from outside only: its log, its processes, its port.
 *
 * <p>Every wait has a deadline ({@link dev.narwhal.harness.Await}). What the server says is matched by the patterns of
 * {@link dev.narwhal.harness.LogLines} alone, so that a changed message is changed in one place.
 *
 * <p>Reading order: {@code Narwhals} (the JUnit parameter), {@code RunningNarwhal}, {@code Http}, {@code Load},
 * {@code Wars}, {@code WarBuilder}.
 */
@NullMarked
package dev.narwhal.harness;

import org.jspecify.annotations.NullMarked;
