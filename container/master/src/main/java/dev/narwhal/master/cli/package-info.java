/**
 * The command line of {@code narwhal}: which command, with which configuration, and the exit status.
 *
 * <p>{@link dev.narwhal.master.cli.Commands} parses with picocli and runs one command on the main thread;
 * the options of {@code run} come from {@link dev.narwhal.master.config.Settings}. It writes to the streams it is given and
 * returns the status, so that tests need no process; only {@code Main} calls {@code System.exit}. What the commands do is
 * behind {@link dev.narwhal.master.cli.Server} and {@link dev.narwhal.master.cli.Inspector}.
 *
 * <p>Operator mistakes are lines on standard error that begin with {@code narwhal:}, all at once, never a stack trace.
 *
 * <p>Reading order: {@code Commands}, {@code CommandLines}, {@code RunCommand}, {@code InspectCommand}, {@code LogSetup}.
 */
@NullMarked
package dev.narwhal.master.cli;

import org.jspecify.annotations.NullMarked;
