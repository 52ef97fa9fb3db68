@NullMarked
package dev.narwhal.naming;

import org.jspecify.annotations.NullMarked;
