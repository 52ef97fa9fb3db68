@NullMarked
package dev.narwhal.worker.observe;

import org.jspecify.annotations.NullMarked;
