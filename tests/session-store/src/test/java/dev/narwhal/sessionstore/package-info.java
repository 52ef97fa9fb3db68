@NullMarked
package dev.narwhal.sessionstore;

import org.jspecify.annotations.NullMarked;
