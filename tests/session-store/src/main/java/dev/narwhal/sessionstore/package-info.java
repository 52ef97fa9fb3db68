/** What every session store promises, as tests that the tests of each store extend. */
@NullMarked
package dev.narwhal.sessionstore;

import org.jspecify.annotations.NullMarked;
