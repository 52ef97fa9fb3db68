/** What the operator asked for. */
@NullMarked
package dev.narwhal.master.config;

import org.jspecify.annotations.NullMarked;
