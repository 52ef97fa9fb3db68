@NullMarked
package dev.narwhal.worker.prepare;

import org.jspecify.annotations.NullMarked;
