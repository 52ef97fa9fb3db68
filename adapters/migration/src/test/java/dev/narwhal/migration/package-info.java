@NullMarked
package dev.narwhal.migration;

import org.jspecify.annotations.NullMarked;
