/**
 * Sends numbers to those who do not ask for them, from time to time. It decides when that is tried and what is told of it when it fails, each receiver on
 * a thread of its own; what the numbers are is {@link dev.narwhal.master.observe.Measure}'s.
 *
 * <p>Read {@link dev.narwhal.master.push.Pusher} first, then {@link dev.narwhal.master.push.StatsdLines}, which turns sums into differences, and {@link
 * dev.narwhal.master.push.OtlpRequest}, which has only to write them down.
 */
@NullMarked
package dev.narwhal.master.push;

import org.jspecify.annotations.NullMarked;
