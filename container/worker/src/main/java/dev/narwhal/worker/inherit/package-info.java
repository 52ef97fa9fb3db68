/** What the process got from the master as open file descriptors: listening sockets and the report pipe. */
@NullMarked
package dev.narwhal.worker.inherit;

import org.jspecify.annotations.NullMarked;
