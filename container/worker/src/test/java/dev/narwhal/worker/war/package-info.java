@NullMarked
package dev.narwhal.worker.war;

import org.jspecify.annotations.NullMarked;
