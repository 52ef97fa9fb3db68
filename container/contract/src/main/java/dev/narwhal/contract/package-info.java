/**
 * What the master and its workers agree on, and nothing else.
 *
 * <p>Decisions go down once, as {@link dev.narwhal.contract.WorkerSpec} or {@link dev.narwhal.contract.PrepareSpec} on the
 * command line, and afterwards as Unix signals only. Facts come up as one line per event on the worker's own pipe
 * ({@link dev.narwhal.contract.WorkerMessage}, {@link dev.narwhal.contract.PrepareMessage}), as numbers in shared memory
 * ({@link dev.narwhal.contract.Scoreboard}) and as the exit status ({@link dev.narwhal.contract.ExitCode}).
 *
 * <p>Both sides are started from the same distribution, so neither form is kept compatible between versions.
 *
 * <p>Reading order: {@code ExitCode}, {@code Dispatch}, {@code WorkerSpec}, {@code WorkerMessage}, {@code Scoreboard}.
 */
@NullMarked
package dev.narwhal.contract;

import org.jspecify.annotations.NullMarked;
