@NullMarked
package dev.narwhal.undertow;

import org.jspecify.annotations.NullMarked;
