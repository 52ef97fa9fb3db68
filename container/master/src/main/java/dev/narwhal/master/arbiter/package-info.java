/**
 * Decides what the master does about its workers, and does none of it: facts come in as {@link dev.narwhal.master.arbiter.Event},
 * decisions go out as {@link dev.narwhal.master.arbiter.Effect}, between them is an immutable {@link
 * dev.narwhal.master.arbiter.Pool}. Nothing here knows a clock, file, socket, thread or lock.
 *
 * <p>One thread, the arbiter thread, owns the pool and runs this loop; others only put events into its queue:
 *
 * <pre>{@code
 * var step = Pool.start(settings);
 * while (true) {
 *     // perform step.effects() in order, then:
 *     if (step.pool().stopped()) break;
 *     // an answer to a Spawn comes first; otherwise wait for the queue until nextDeadline(); when that has come,
 *     // first a Beat for every worker whose heartbeat is newer than the last one delivered, then a Tick
 *     step = step.pool().handle(event, new Moment(System.nanoTime()));
 * }
 * }</pre>
 *
 * <p>What the edge must keep to:
 *
 * <ul>
 *   <li>Every Spawn is answered, by {@code Spawned} or {@code SpawnFailed}, before any other event is handled.
 *   <li>Children are reaped ({@code waitpid}) on the arbiter thread just before {@code Exited} is handled: until then the pid cannot be
 *       given to another process, so no signal can hit a stranger.
 *   <li>{@code Exited} comes after all {@code Reported} of the same worker: the pipe is read to its end first, or for a second at most.
 *   <li>While a release is {@link dev.narwhal.master.arbiter.Rollout.Watching watched}, a Counted comes before each Tick.
 *   <li>When {@link dev.narwhal.master.arbiter.Pool#look()} has come, a Measured comes before the Tick.
 *   <li>A Tick is not put off while the queue is never empty. Without a deadline the loop waits for the queue alone.
 *   <li>A Signal to a process that is gone is no error; its {@code Exited} is on the way.
 *   <li>A Prepare runs beside the loop. Stop may come before it is answered, and the child is then to be ended.
 * </ul>
 *
 * <p>Reading order: {@code Slot}, {@code Event}, {@code Effect}, {@code Rollout}, {@code Ledger}, {@code Pool}; then what changes it: {@code
 * Workers}, {@code Deadlines}, {@code Signals}, {@code Releases}, {@code Canary}, {@code Adaptation}, each followed by {@code Convergence}. {@code Turn} is their workbench, {@code
 * Wording} has every log line.
 */
@NullMarked
package dev.narwhal.master.arbiter;

import org.jspecify.annotations.NullMarked;
