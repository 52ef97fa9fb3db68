/**
 * The engine that workers run: Undertow and its servlet container.
 *
 * <p>{@link dev.narwhal.undertow.UndertowEngine} puts the parts together: one XNIO worker with one I/O thread, the inherited sockets behind the
 * accept gate ({@code accept}), the dispatcher ({@code dispatch}) and the deployed applications ({@code deploy}). A request passes {@link
 * dev.narwhal.undertow.RequestGate} on the I/O thread, is counted there, and goes on to the thread that its dispatch class is about.
 *
 * <p>Reading order: {@code UndertowEngine}, {@code RequestGate}, {@code UnreadBody}, {@code AccessLine}; then the three packages.
 */
@NullMarked
package dev.narwhal.undertow;

import org.jspecify.annotations.NullMarked;
