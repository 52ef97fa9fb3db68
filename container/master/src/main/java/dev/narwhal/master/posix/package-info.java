/**
 * The operating system's calls that Java has no class for, by way of {@code java.lang.foreign}, which no other package of the
 * master uses: listening sockets to be inherited, pipes, anonymous memory, spawning, waiting, signalling.
 *
 * <p>Classes here only call and report; whatever is decided is decided elsewhere. Every call can be made from any thread. A call that
 * fails throws a {@link dev.narwhal.master.posix.PosixException} and leaves nothing open; {@code EINTR} is retried here and never
 * seen outside. Every descriptor is born close-on-exec: a child gets what {@link dev.narwhal.master.posix.NativeProcess#spawn} lists
 * and nothing else.
 *
 * <p>Constants and structure sizes are those of Linux with glibc 2.34 or newer on x86_64 and aarch64, where they are the same.
 *
 * <p>Reading order: {@code Libc}, {@code Fd}, {@code Pipe}, {@code ListeningSocket}, {@code NativeProcess}.
 */
@NullMarked
package dev.narwhal.master.posix;

import org.jspecify.annotations.NullMarked;
