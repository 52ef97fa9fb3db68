/**
 * The doors through which operators and their tools look at a running server and steer it: HTTP with JSON over a Unix socket that only the owner
 * can open, and health and metrics over TCP. It decides nothing: what changes the server becomes an event for the arbiter. Requests run on
 * threads of their own, so a slow client holds nobody up.
 *
 * <p>Read {@link dev.narwhal.master.control.Routes} first, then {@link dev.narwhal.master.control.Door}, which serves them,
 * {@link dev.narwhal.master.control.ControlSocket}, which says where the socket is, and {@link dev.narwhal.master.control.ControlClient}, the
 * side of {@code narwhal ctl}.
 */
@NullMarked
package dev.narwhal.master.control;

import org.jspecify.annotations.NullMarked;
