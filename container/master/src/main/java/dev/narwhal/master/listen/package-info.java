/**
 * The sockets that narwhal listens on. The master binds them all before it does anything else, keeps them open for as long as it
 * lives, and never accepts a connection itself; workers inherit them.
 *
 * <p>Called once, by the main thread. {@code ListenerSet} binds, {@code ListenException} says why that was not possible.
 */
@NullMarked
package dev.narwhal.master.listen;

import org.jspecify.annotations.NullMarked;
