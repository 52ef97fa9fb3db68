@NullMarked
package dev.narwhal.contract;

import org.jspecify.annotations.NullMarked;
