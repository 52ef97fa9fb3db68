/**
 * What becomes of an exception that an application's listener has thrown (Servlet 6.1 §11.6). {@link
 * dev.narwhal.undertow.event.ListenerFailure} decides, on the thread that tells the listener.
 */
@NullMarked
package dev.narwhal.undertow.event;

import org.jspecify.annotations.NullMarked;
