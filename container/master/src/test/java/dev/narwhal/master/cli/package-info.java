/** Tests of the command line. */
@NullMarked
package dev.narwhal.master.cli;

import org.jspecify.annotations.NullMarked;
