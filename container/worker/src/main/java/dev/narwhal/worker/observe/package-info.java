/** What a worker tells about itself: its log, its request log and its heartbeat. */
@NullMarked
package dev.narwhal.worker.observe;

import org.jspecify.annotations.NullMarked;
