/**
 * Decides when this worker takes a connection, and how it lets go of its connections.
 *
 * <p>The listening sockets are shared: what this worker does not accept waits in the kernel's queue for it or a sibling. Everything
 * here happens on the one I/O thread unless said otherwise.
 *
 * <p>Reading order: {@code AcceptGate}, {@code Connections}, {@code Greeting}, {@code TlsGreeting}, {@code LazySuspend}, {@code ParkingConduits}, {@code BufferPool}, {@code Drain}.
 */
@NullMarked
package dev.narwhal.undertow.accept;

import org.jspecify.annotations.NullMarked;
