/** A chat over CometD. */
@NullMarked
package dev.narwhal.wars;

import org.jspecify.annotations.NullMarked;
