/**
 * What comes out of the server: the master's log lines, and what workers print, line by line with the worker's number and pid.
 *
 * <p>Nobody waits for whoever reads it: an {@link dev.narwhal.master.output.Outlet} has a thread that writes, takes the master's lines at once, and has
 * workers' lines wait a second at most. A {@link dev.narwhal.master.output.WorkerOutput} has two threads that read what one worker prints, cut it with
 * {@link dev.narwhal.master.output.Lines}, and give it the form of {@link dev.narwhal.master.output.Form}. {@link dev.narwhal.master.output.Crashes} keeps the
 * end of it when the worker crashes.
 *
 * <p>Reading order: {@code Outlet}, {@code WorkerOutput}, {@code Lines}, {@code Form}, {@code Crashes}.
 */
@NullMarked
package dev.narwhal.master.output;

import org.jspecify.annotations.NullMarked;
