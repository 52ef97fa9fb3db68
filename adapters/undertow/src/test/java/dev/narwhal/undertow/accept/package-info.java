@NullMarked
package dev.narwhal.undertow.accept;

import org.jspecify.annotations.NullMarked;
