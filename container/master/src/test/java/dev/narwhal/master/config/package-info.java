/** Tests of the configuration. */
@NullMarked
package dev.narwhal.master.config;

import org.jspecify.annotations.NullMarked;
