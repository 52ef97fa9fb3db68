@NullMarked
package dev.narwhal.master.push;

import org.jspecify.annotations.NullMarked;
