/** The bench's own arithmetic and parsing; what it measures is not judged here. */
@NullMarked
package dev.narwhal.bench;

import org.jspecify.annotations.NullMarked;
