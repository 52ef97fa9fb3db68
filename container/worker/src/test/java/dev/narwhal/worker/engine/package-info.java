@NullMarked
package dev.narwhal.worker.engine;

import org.jspecify.annotations.NullMarked;
