/**
 * The smallest application: annotations only, no {@code web.xml}.
 *
 * <p>{@link dev.narwhal.samples.hello.WorkerFilter} marks every answer with the worker that gave it,
 * {@link dev.narwhal.samples.hello.HelloServlet} says hello in plain text and {@link
 * dev.narwhal.samples.hello.HelloPage} says it to a browser.
 */
@NullMarked
package dev.narwhal.samples.hello;

import org.jspecify.annotations.NullMarked;
