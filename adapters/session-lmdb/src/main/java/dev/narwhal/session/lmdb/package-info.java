/**
 * Sessions in LMDB: a B-tree in a memory-mapped file that the workers of one machine share without a server.
 *
 * <p>Readers see a snapshot and wait for nobody. Writers take turns, by a lock in shared memory that belongs to a thread and is freed by the
 * kernel's help when its process dies; what a dead one had begun is as if it had never been. So a write transaction must begin and end on
 * one thread: nothing between its two ends may park a virtual thread, and all bytes are ready before it begins.
 *
 * <p>In memory LMDB writes through its map, into pages that were reserved before; a worker that can reserve nothing more goes on as on disk, by
 * system calls.
 *
 * <p>Nothing is synced at a commit: a process may die at any moment, a machine may not. In memory that is no loss.
 *
 * <p>Any thread. Reading order: {@code LmdbProvider}, {@code LmdbStore}, {@code Tables}, {@code Keys}, {@code Row}, {@code Transactions},
 * {@code Turns}, {@code Need}, {@code Reserved}.
 */
@NullMarked
package dev.narwhal.session.lmdb;

import org.jspecify.annotations.NullMarked;
