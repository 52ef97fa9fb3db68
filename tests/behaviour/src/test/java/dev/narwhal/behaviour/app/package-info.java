/** Servlets that tests put into WARs with {@link dev.narwhal.harness.WarBuilder}. They run inside workers. */
@NullMarked
package dev.narwhal.behaviour.app;

import org.jspecify.annotations.NullMarked;
