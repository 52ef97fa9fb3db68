@NullMarked
package dev.narwhal.master.output;

import org.jspecify.annotations.NullMarked;
