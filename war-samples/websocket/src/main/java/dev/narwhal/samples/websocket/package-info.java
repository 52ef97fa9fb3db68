/**
 * A chat over WebSockets, annotations only.
 *
 * <p>{@link dev.narwhal.samples.websocket.Chat} is the endpoint, {@link dev.narwhal.samples.websocket.Message} what is sent, with an encoder
 * and a decoder; {@link dev.narwhal.samples.websocket.WorkerFilter} marks every answer
 * with the worker that gave it.
 */
@NullMarked
package dev.narwhal.samples.websocket;

import org.jspecify.annotations.NullMarked;
