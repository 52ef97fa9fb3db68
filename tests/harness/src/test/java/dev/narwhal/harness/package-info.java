/** The tools of the tests, tested against a server of a few lines. */
@NullMarked
package dev.narwhal.harness;

import org.jspecify.annotations.NullMarked;
