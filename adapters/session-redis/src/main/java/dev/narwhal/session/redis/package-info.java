/**
 * Sessions in Redis or Valkey, for workers on several machines. Each method of the store is one Lua script, which Redis runs as a whole, and
 * one round trip.
 *
 * <p>Any thread; a call blocks its thread, so that a virtual one parks. When Redis does not answer, one call at a time finds that out, after
 * the timeout at most, and the others are refused at once.
 *
 * <p>Reading order: {@code RedisProvider}, {@code RedisUrl}, {@code RedisStore}, {@code Script} and the scripts beside it, {@code Outage}.
 */
@NullMarked
package dev.narwhal.session.redis;

import org.jspecify.annotations.NullMarked;
