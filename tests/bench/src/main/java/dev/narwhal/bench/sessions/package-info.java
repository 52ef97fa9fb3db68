/**
 * Does the store of sessions hold as many as it should, and does anybody notice when they end? And what does it cost by itself ({@code StoreBench})?
 *
 * <p>{@code MillionBench} fills the store of a running server from outside and asks the server for pages meanwhile; {@code Visitor} is who asks.
 */
@NullMarked
package dev.narwhal.bench.sessions;

import org.jspecify.annotations.NullMarked;
