@NullMarked
package dev.narwhal.master.process;

import org.jspecify.annotations.NullMarked;
