/**
 * What {@code narwhal run} does: opens what a master needs, and lets the arbiter decide and the edges act until it is over.
 *
 * <p>{@link dev.narwhal.master.serve.Master} opens listeners, scoreboard and lifeline and runs the {@link dev.narwhal.master.serve.Arbiter}: the one
 * thread that owns the arbiter's state. Others (signals, the watchers of children) only put events into its queue. {@link
 * dev.narwhal.master.serve.Hands} performs what the state machine in {@code dev.narwhal.master.arbiter} decides.
 *
 * <p>An upgrade is two of them at a time: {@link dev.narwhal.master.serve.Succession} starts another master and leaves it what this one has, by an {@link
 * dev.narwhal.master.serve.Inheritance}; there a {@link dev.narwhal.master.serve.Heir} waits until the {@link dev.narwhal.master.serve.Insignia} are its own.
 *
 * <p>Reading order: {@code Master}, {@code Arbiter}, {@code Hands}, {@code Preparation}, {@code Release}, {@code Rehearsal}.
 */
@NullMarked
package dev.narwhal.master.serve;

import org.jspecify.annotations.NullMarked;
