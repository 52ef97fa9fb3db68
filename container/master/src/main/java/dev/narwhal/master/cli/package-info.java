/** The master process. */
@NullMarked
package dev.narwhal.master.cli;

import org.jspecify.annotations.NullMarked;
