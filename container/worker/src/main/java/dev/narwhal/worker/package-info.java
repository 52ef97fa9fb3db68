/**
 * The worker process: one JVM that serves the applications on inherited sockets.
 *
 * <p>{@link dev.narwhal.worker.WorkerMain} wires the parts and {@link dev.narwhal.worker.Worker} is a worker's life: boot, ready, drain, exit. It
 * decides nothing about other workers; the master does. Its orders are its command line and signals, its reports one line for each event.
 *
 * <p>Reading order: {@code WorkerMain}, {@code Worker}, {@code Orders}, {@code Report}; then the packages {@code war} (what a prepared
 * application is), {@code engine} (who runs it) and {@code observe} (what is told about it).
 */
@NullMarked
package dev.narwhal.worker;

import org.jspecify.annotations.NullMarked;
