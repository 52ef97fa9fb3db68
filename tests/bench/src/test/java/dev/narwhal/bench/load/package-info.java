/** The load generator, tested against answers that are written out. */
@NullMarked
package dev.narwhal.bench.load;

import org.jspecify.annotations.NullMarked;
