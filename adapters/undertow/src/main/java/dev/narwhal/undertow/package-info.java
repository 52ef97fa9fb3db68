/** The engine that workers run: Undertow. */
@NullMarked
package dev.narwhal.undertow;

import org.jspecify.annotations.NullMarked;
