@NullMarked
package dev.narwhal.master.posix;

import org.jspecify.annotations.NullMarked;
