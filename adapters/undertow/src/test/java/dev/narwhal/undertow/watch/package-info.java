@NullMarked
package dev.narwhal.undertow.watch;

import org.jspecify.annotations.NullMarked;
