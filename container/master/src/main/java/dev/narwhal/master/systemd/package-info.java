/**
 * What systemd is told about a server that it has started, as sd_notify(3) has it: when it is ready, reloads and stops, how many workers serve, and
 * that the arbiter is alive. It decides nothing. Runs on the arbiter's thread, which is how the watchdog knows of that.
 *
 * <p>Read {@link dev.narwhal.master.systemd.Notice} first, then {@link dev.narwhal.master.systemd.Systemd}.
 */
@NullMarked
package dev.narwhal.master.systemd;

import org.jspecify.annotations.NullMarked;
