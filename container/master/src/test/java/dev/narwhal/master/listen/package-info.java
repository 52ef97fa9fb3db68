@NullMarked
package dev.narwhal.master.listen;

import org.jspecify.annotations.NullMarked;
