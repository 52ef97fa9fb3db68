/**
 * Sessions that all workers share: what is in the store, and what this worker has of it in memory.
 *
 * <p>A {@link dev.narwhal.worker.session.SessionStore} is the SPI for where sessions are; an adapter provides it through {@link
 * java.util.ServiceLoader}. It knows bytes and versions, nothing of classes. {@link dev.narwhal.worker.session.Sessions} are those of one
 * application: they read and write the store, keep deserialized values by version, and find out what a request has changed. An engine
 * gets a {@link dev.narwhal.worker.session.SessionView} for each request and tells it when a response is about to leave.
 *
 * <p>Any thread. The {@link dev.narwhal.worker.session.Reaper} has one of its own.
 *
 * <p>Reading order: {@code SessionStore}, {@code Times}, {@code Change}; {@code Sessions}, {@code SessionView}, {@code LiveSession}, {@code
 * Slot}, {@code GroupCommit}; {@code Marshaller}, {@code JavaSerialization}, {@code Plain}, {@code Immutables}; {@code Reaper}; {@code MemoryStore}, {@code CountedStore}.
 */
@NullMarked
package dev.narwhal.worker.session;

import org.jspecify.annotations.NullMarked;
