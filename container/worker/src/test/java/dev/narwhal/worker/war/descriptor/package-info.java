@NullMarked
package dev.narwhal.worker.war.descriptor;

import org.jspecify.annotations.NullMarked;
