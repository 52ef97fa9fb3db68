@NullMarked
package dev.narwhal.worker.session;

import org.jspecify.annotations.NullMarked;
