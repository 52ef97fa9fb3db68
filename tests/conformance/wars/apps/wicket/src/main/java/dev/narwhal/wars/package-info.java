/** An application as others write it: what it is made of matters, not how it is built. */
@NullMarked
package dev.narwhal.wars;

import org.jspecify.annotations.NullMarked;
