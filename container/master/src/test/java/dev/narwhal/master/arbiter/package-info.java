@NullMarked
package dev.narwhal.master.arbiter;

import org.jspecify.annotations.NullMarked;
