@NullMarked
package dev.narwhal.worker.descriptor;

import org.jspecify.annotations.NullMarked;
