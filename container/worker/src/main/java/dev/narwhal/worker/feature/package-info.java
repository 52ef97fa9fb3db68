/**
 * The SPI for what applications may use beyond servlets: pages, naming, injection. Each technology is one module of {@code adapters} and one {@link
 * dev.narwhal.worker.feature.Feature}, found by {@link java.util.ServiceLoader}. A feature sees an application before the engine deploys it
 * and says as data what the engine is to add.
 *
 * <p>Called on the worker's main thread, with the application's class loader as context class loader.
 *
 * <p>Reading order: {@code Feature}, {@code Candidate}, {@code Contribution}, {@code Instances}, {@code Reported}, {@code HeldSessions}; {@code Pages}
 * is for compiling ahead of time, in the preparing child.
 */
@NullMarked
package dev.narwhal.worker.feature;

import org.jspecify.annotations.NullMarked;
