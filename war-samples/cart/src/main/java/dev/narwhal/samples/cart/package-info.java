/**
 * A shopping cart in a session, whose requests any worker may answer.
 *
 * <p>{@link dev.narwhal.samples.cart.Cart} is the value in the session, {@link dev.narwhal.samples.cart.CartServlet} the page and what its form does, {@link
 * dev.narwhal.samples.cart.WorkerFilter} marks every answer with the worker that gave it.
 */
@NullMarked
package dev.narwhal.samples.cart;

import org.jspecify.annotations.NullMarked;
