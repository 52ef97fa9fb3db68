@NullMarked
package dev.narwhal.worker;

import org.jspecify.annotations.NullMarked;
