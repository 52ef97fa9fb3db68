@NullMarked
package dev.narwhal.master.observe;

import org.jspecify.annotations.NullMarked;
