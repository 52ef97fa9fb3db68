/**
 * Sessions in Redis or Valkey, for workers on several machines. Each method of the store is one Lua script, which Redis runs as a whole, and one
 * round trip.
 *
 * <p>Decides how sessions are laid out in Redis, what becomes of what a worker remembers when Redis has lost writes, and whom to ask how often
 * while Redis does not answer. Which sessions there are, and what changes in them, is decided above the store.
 *
 * <p>Any thread; a call blocks its thread, so that a virtual one parks.
 *
 * <p>Reading order: {@code RedisProvider}, {@code RedisStore}, {@code Numbers}; {@code Script} and the scripts beside it, {@code common.lua} first;
 * {@code Link}, {@code Clients}, {@code Outage}, {@code Trouble}.
 */
@NullMarked
package dev.narwhal.session.redis;

import org.jspecify.annotations.NullMarked;
