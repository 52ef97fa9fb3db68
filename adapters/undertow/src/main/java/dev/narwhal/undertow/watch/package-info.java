/**
 * Decides which requests take too long, and what becomes of them.
 *
 * <p>{@link dev.narwhal.undertow.watch.RequestWatch} has a thread of its own, which looks at every {@code Run}, one thread in one request; what it
 * does about one happens to the {@link dev.narwhal.undertow.watch.Watched} request. None of this is there unless a limit is set.
 *
 * <p>Reading order: {@code RequestWatch}, {@code Run}, {@code Watched}, {@code PathLimits}.
 */
@NullMarked
package dev.narwhal.undertow.watch;

import org.jspecify.annotations.NullMarked;
