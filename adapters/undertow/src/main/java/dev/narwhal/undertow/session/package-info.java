/**
 * Undertow's sessions, kept in the worker's {@link dev.narwhal.worker.session.SessionStore}.
 *
 * <p>{@link dev.narwhal.undertow.session.StoreSessions} is an application's session manager. A request that has a session saves it before the
 * first byte of its response leaves ({@code BeforeResponse}), when the application has finished with the request ({@code RequestEnd}), and when
 * Undertow has ({@code StoreSession.requestDone}); each of them writes only what has changed since the one before.
 *
 * <p>Where the store wants it, the last save is written together with those of other requests ({@code Together}), and the request goes on, without its thread, when that is
 * done.
 *
 * <p>On the request's thread, whichever it is; what expires, on the reaper's.
 *
 * <p>Reading order: {@code StoreSessions}, {@code StoreSession}, {@code SessionTracking}, {@code Attached}, {@code BeforeResponse}, {@code RequestEnd}, {@code
 * Together}, {@code UndertowAttributes}, {@code AttributeEvents}.
 */
@NullMarked
package dev.narwhal.undertow.session;

import org.jspecify.annotations.NullMarked;
