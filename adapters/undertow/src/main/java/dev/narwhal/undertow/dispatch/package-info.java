/**
 * Decides which thread runs a request.
 *
 * <p>There is one I/O thread in a worker. It parses requests and hands each to the {@link
 * dev.narwhal.undertow.dispatch.Dispatcher}, one of three:
 *
 * <ul>
 *   <li>{@link dev.narwhal.undertow.dispatch.SyncDispatcher}: the I/O thread itself, which does nothing else until the
 *       request is over;
 *   <li>{@link dev.narwhal.undertow.dispatch.ThreadedDispatcher}: a bounded pool of platform threads;
 *   <li>{@link dev.narwhal.undertow.dispatch.VirtualDispatcher}: a virtual thread for each request, on the I/O thread while the
 *       evidence says that the request's bursts are short, otherwise on the JDK's default scheduler.
 * </ul>
 *
 * <p>Undertow refuses blocking calls of its I/O thread by comparing {@code Thread.currentThread()} with it. Servlet code that is to
 * run there therefore runs on a virtual thread whose scheduler is the I/O thread: another thread to look at, the same
 * one to the kernel, and no hand-over between them. {@link dev.narwhal.undertow.dispatch.VirtualThreads} makes such threads.
 *
 * <p>Reading order: {@code Dispatcher}, {@code Gathering}, {@code VirtualThreads}, {@code SyncDispatcher}, {@code ThreadedDispatcher}, {@code RequestPool}, {@code Pace},
 * {@code VirtualDispatcher}, {@code RequestThread}, {@code Loop}, {@code Route}.
 */
@NullMarked
package dev.narwhal.undertow.dispatch;

import org.jspecify.annotations.NullMarked;
