/**
 * Starting child JVMs and watching them, and what the master leaves in the operating system while it runs: its pid file, the
 * lifeline, the scoreboard's memory, its signal handlers.
 *
 * <p>{@code WorkerCommand} says what to run, {@code ChildFds} what the child inherits, {@code Spawner} starts it. A started
 * {@code Child} has one thread of its own, which hands over the child's report lines and, after the last of them, its exit. Nothing
 * here decides anything: callbacks enqueue events for the arbiter.
 *
 * <p>Reading order: {@code Launch}, {@code Spawner}, {@code Child}, {@code Lifeline}, {@code WorkerCommand}.
 */
@NullMarked
package dev.narwhal.master.process;

import org.jspecify.annotations.NullMarked;
