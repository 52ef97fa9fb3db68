/**
 * What the server is doing, for whoever looks: the arbiter's state and the scoreboard, put together at the moment of the question. It decides
 * nothing, and any thread may ask.
 *
 * <p>Read {@link dev.narwhal.master.observe.ServerStatus} first, then {@link dev.narwhal.master.observe.Observer}, which fills it,
 * {@link dev.narwhal.master.observe.Totals}, which outlives the workers, and {@link dev.narwhal.master.observe.Metrics}.
 */
@NullMarked
package dev.narwhal.master.observe;

import org.jspecify.annotations.NullMarked;
