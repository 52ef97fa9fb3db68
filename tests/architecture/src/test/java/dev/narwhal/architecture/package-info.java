/** The rules of the design that the compiler does not know. */
@NullMarked
package dev.narwhal.architecture;

import org.jspecify.annotations.NullMarked;
